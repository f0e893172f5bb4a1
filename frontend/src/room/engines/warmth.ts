// An encoder that has already begun when the first picture comes.
//
// A sender that has never seen a frame takes one merely to set its encoder up, and shows the next:
// half of the time from admission to the first picture.  So while the line stands by, it is shown a
// few black frames of our own making with sending switched off (`active: false`): nothing goes out,
// the camera isn't touched, and afterwards the sender has no track again.

const LONG = 150;
const EVERY = 30;

export class Warmth {
	#black: MediaStreamTrack | null = null;
	#paint: ReturnType<typeof setInterval> | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#begun: Promise<void> | null = null;
	#over: Promise<void> | null = null;

	constructor(
		private readonly sender: RTCRtpSender,
		private readonly size: { width: number; height: number },
	) {}

	/** Whether the sender isn't yet as it was. */
	unfinished = true;

	begin(): Promise<void> {
		this.#begun ??= this.#begin();
		return this.#begun;
	}

	/** Gives the sender back as it was: without a track, free to send.  Safe to call at any time. */
	end(): Promise<void> {
		this.#over ??= this.#end();
		return this.#over;
	}

	async #begin(): Promise<void> {
		this.#black = this.#dark();
		if (!this.#black || !(await this.#sending(false))) return void this.end();
		await this.sender.replaceTrack(this.#black).catch(() => {});
		this.#timer = setTimeout(() => void this.end(), LONG);
	}

	/** One change of the sender after the other: a browser refuses the second of two at once. */
	async #end(): Promise<void> {
		await this.#begun;
		clearTimeout(this.#timer);
		clearInterval(this.#paint);
		if (this.#black && this.sender.track === this.#black)
			await this.sender.replaceTrack(null).catch(() => {});
		this.#black?.stop();
		if (this.#black && !(await this.#sending(true))) await this.#sending(true);
		this.unfinished = false;
	}

	async #sending(active: boolean): Promise<boolean> {
		const parameters = this.sender.getParameters();
		const encoding = parameters.encodings?.[0];
		if (!encoding) return false;
		encoding.active = active;
		return this.sender.setParameters(parameters).then(
			() => true,
			() => false,
		);
	}

	#dark(): MediaStreamTrack | null {
		const canvas = Object.assign(document.createElement("canvas"), this.size);
		const brush = canvas.getContext("2d");
		if (!brush || !canvas.captureStream) return null;
		let turn = 0;
		const paint = () => {
			// An unchanged canvas gives no frame.
			brush.fillStyle = turn++ % 2 ? "#000" : "#010101";
			brush.fillRect(0, 0, canvas.width, canvas.height);
		};
		paint();
		this.#paint = setInterval(paint, EVERY);
		return canvas.captureStream().getVideoTracks()[0] ?? null;
	}
}
