// The box to draw in: keeps what was drawn in the form's hidden fields, over a rotation of the phone too.
import SignaturePad from "signature_pad";
import { need } from "../kit/dom.ts";
import { pathOf } from "./strokes.ts";

export class Pad {
	private readonly pad: SignaturePad;
	private readonly strokes: HTMLInputElement;
	/** What was drawn before the server sent the form back. */
	private kept: string;

	constructor(
		private readonly canvas: HTMLCanvasElement,
		private readonly form: HTMLFormElement,
	) {
		this.strokes = need<HTMLInputElement>("[name=strokes]", form);
		this.kept = this.strokes.value;
		this.pad = new SignaturePad(canvas, { penColor: getComputedStyle(canvas).color, minDistance: 3 });
		this.pad.addEventListener("endStroke", () => this.keep());
		addEventListener("resize", () => this.fit());
	}

	/** Makes the drawing as large as its box; call it whenever the box has come into sight. */
	fit(): void {
		const box = this.canvas.parentElement;
		if (!box?.clientWidth || this.canvas.style.width === `${box.clientWidth}px`) return;
		const ratio = Math.max(devicePixelRatio || 1, 1);
		this.canvas.style.width = `${box.clientWidth}px`;
		this.canvas.style.height = `${box.clientHeight}px`;
		this.canvas.width = box.clientWidth * ratio;
		this.canvas.height = box.clientHeight * ratio;
		this.canvas.getContext("2d")?.scale(ratio, ratio);
		const drawn = this.pad.toData();
		this.pad.clear();
		this.pad.fromData(drawn);
		this.showKept();
	}

	clear(): void {
		this.kept = "";
		this.pad.clear();
		this.keep();
	}

	private keep(): void {
		const box = this.canvas.parentElement;
		this.strokes.value = this.kept + pathOf(this.pad.toData().map((group) => group.points));
		need<HTMLInputElement>("[name=width]", this.form).value = String(box?.clientWidth ?? "");
		need<HTMLInputElement>("[name=height]", this.form).value = String(box?.clientHeight ?? "");
	}

	private showKept(): void {
		const pen = this.canvas.getContext("2d");
		if (!pen || !this.kept) return;
		pen.strokeStyle = getComputedStyle(this.canvas).color;
		pen.lineWidth = 2;
		pen.stroke(new Path2D(this.kept));
	}
}
