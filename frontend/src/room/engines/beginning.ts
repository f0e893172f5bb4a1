// A picture begins small: a quarter of its points for the first second, then all of them.
//
// The first one has to be made, sent, put together and drawn by two machines that have just been given
// much else to do, and it is by far the largest of all that follow.  Small, it is there sooner.

const SMALL = 2;
const WHOLE_AFTER = 1_000;

export class Beginning {
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly sender: () => RTCRtpSender | null) {}

	/** What a sender is told before anything is sent: said later, it would begin again. */
	prepare(encoding: RTCRtpEncodingParameters): void {
		encoding.scaleResolutionDownBy = SMALL;
	}

	/** A picture goes out, on this connection for the first time or again. */
	begun(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#scale(1), WHOLE_AFTER);
	}

	/** None goes out any more: the next begins small again. */
	ended(): void {
		this.stop();
		void this.#scale(SMALL);
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	async #scale(by: number): Promise<void> {
		const sender = this.sender();
		const parameters = sender?.getParameters();
		const encoding = parameters?.encodings?.[0];
		if (!sender || !parameters || !encoding || encoding.scaleResolutionDownBy === by) return;
		encoding.scaleResolutionDownBy = by;
		// A browser refuses the second of two changes made at the same time; a picture mustn't stay small for it.
		await sender.setParameters(parameters).catch(() => by === SMALL || this.begun());
	}
}
