import { describe, expect, it } from "vitest";
import { become } from "./become.ts";

function element(html: string): HTMLElement {
	document.body.innerHTML = html;
	return document.body.firstElementChild as HTMLElement;
}

function elsewhere(html: string): Element {
	const page = document.implementation.createHTMLDocument();
	page.body.innerHTML = html;
	return page.body.firstElementChild as Element;
}

describe("one element becomes another", () => {
	it("keeps the very element, with the focus on it", () => {
		const bar = element('<div><a href="?date=1" id="next">Next</a><p>Monday</p></div>');
		const link = bar.firstElementChild as HTMLElement;
		link.focus();

		become(bar, elsewhere('<div><a href="?date=2" id="next">Next</a><p>Tuesday</p></div>'));

		expect(bar.firstElementChild).toBe(link);
		expect(link.getAttribute("href")).toBe("?date=2");
		expect(document.activeElement).toBe(link);
		expect(bar.textContent).toBe("NextTuesday");
	});

	it("takes and drops attributes, but leaves what hands did", () => {
		const field = element('<input value="1" data-furnished="1" data-gone>') as HTMLInputElement;
		field.value = "typed";

		become(field, elsewhere('<input value="2" data-new>'));

		expect(field.value).toBe("2");
		expect([field.hasAttribute("data-gone"), field.hasAttribute("data-new")]).toEqual([false, true]);
		expect(field.dataset.furnished).toBe("1");
	});

	it("replaces what has another shape", () => {
		const bar = element("<div><b>One</b></div>");

		become(bar, elsewhere("<div><b>One</b><i>Two</i></div>"));

		expect(bar.innerHTML).toBe("<b>One</b><i>Two</i>");
	});
});
