// One element becomes what another is, and stays itself: whoever has the focus on it keeps it.

export function become(here: Element, there: Element, deep = true): void {
	for (const { name } of [...here.attributes]) {
		// What hands have done to it isn't the server's to say.
		if (name !== "data-furnished" && name !== "open" && !there.hasAttribute(name)) here.removeAttribute(name);
	}
	for (const { name, value } of there.attributes)
		if (here.getAttribute(name) !== value) here.setAttribute(name, value);
	if (here instanceof HTMLInputElement && here.type !== "checkbox")
		here.value = there.getAttribute("value") ?? "";
	if (deep) inside(here, there);
}

function inside(here: Element, there: Element): void {
	const [ours, theirs] = [[...here.childNodes], [...there.childNodes]];
	if (ours.length !== theirs.length) here.replaceChildren(...theirs.map(adopted));
	else
		theirs.forEach((fresh, n) => {
			const old = ours[n];
			if (old instanceof Element && fresh instanceof Element && old.tagName === fresh.tagName)
				become(old, fresh);
			else if (old?.textContent !== fresh.textContent || old?.nodeName !== fresh.nodeName)
				old?.replaceWith(adopted(fresh));
		});
}

function adopted(node: Node): Node {
	return document.importNode(node, true);
}
