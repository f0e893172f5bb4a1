// Typed events: a manager says what happened, whoever cares listens.
export type Off = () => void;

export class Emitter<Events> {
	#listeners = new Map<keyof Events, Set<(detail: never) => void>>();

	/** Calls `listener` at each `name` until the function it returns is called. */
	on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Off {
		const listeners = this.#listeners.get(name) ?? new Set();
		this.#listeners.set(name, listeners.add(listener as (detail: never) => void));
		return () => listeners.delete(listener as (detail: never) => void);
	}

	protected emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
		for (const listener of [...(this.#listeners.get(name) ?? [])]) {
			(listener as (detail: Events[Name]) => void)(detail);
		}
	}
}
