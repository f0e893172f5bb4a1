import { beforeEach, expect, test, vi } from "vitest";
import { lookAgain } from "./details.ts";

const page = (name: string, status: string) => `
	<header><div class="hs-grow"><h1>${name}</h1></div></header>
	<div data-details="/appointments/1">${status}</div>`;

function answers(name: string, status: string): void {
	const html = page(name, status);
	vi.stubGlobal("fetch", async () => ({ ok: true, redirected: false, text: async () => html }));
}

function heading(): HTMLElement {
	return document.querySelector("h1") as HTMLElement;
}

beforeEach(() => {
	document.body.innerHTML = `<dialog id="drawer" open>${page("Rosa M.", "Scheduled")}</dialog>`;
	heading().tabIndex = -1;
	heading().focus();
});

test("a heading that was focused and says the same stays the one it is", async () => {
	const before = heading();
	answers("Rosa M.", "Cancelled");
	await lookAgain();
	expect(document.querySelector("[data-details]")?.textContent).toBe("Cancelled");
	expect(heading()).toBe(before);
	expect(document.activeElement).toBe(before);
});

test("a heading that says something else has the focus of the one before", async () => {
	answers("Rosa M. and Theo K.", "Scheduled");
	await lookAgain();
	expect(document.activeElement?.textContent).toBe("Rosa M. and Theo K.");
});
