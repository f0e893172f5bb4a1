// A drawn signature as one line of SVG path data: absolute numbers and M, L, Q, nothing else.
export interface Point {
	x: number;
	y: number;
}

/** Each stroke smoothed through the middles of its points; the server makes the picture from it. */
export function pathOf(strokes: Point[][]): string {
	return strokes.map(strokeOf).join("");
}

function strokeOf(points: Point[]): string {
	const [first, ...rest] = points;
	if (!first) return "";
	const last = rest.at(-1);
	if (!last) return `M${at(first)}L${at({ x: first.x + 0.5, y: first.y })}`;
	let path = `M${at(first)}`;
	for (const [index, point] of rest.slice(0, -1).entries()) {
		const next = rest[index + 1] ?? last;
		path += `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
	}
	return `${path}L${at(last)}`;
}

function at(point: Point): string {
	return `${short(point.x)},${short(point.y)}`;
}

function short(value: number): string {
	return String(Math.round(value * 10) / 10);
}
