// Cuts Tabler's CSS down to the parts in use, and gives its custom properties the prefix that its
// own distribution has.  A fixed list, not a scan of templates: the same input gives the same bytes.
import type { AtRule, Container, Plugin, Root, Rule } from "postcss";

const CLASSES = new Set(
	[
		"btn btn-primary form-label form-control form-select form-check form-check-input form-switch",
		"form-hint visually-hidden visually-hidden-focusable",
	]
		.join(" ")
		.split(" "),
);
const PREFIX = "tblr-";
const OURS = /^! Holdspace/;

export function cutTabler(): Plugin {
	return {
		postcssPlugin: "cut-tabler",
		OnceExit(root) {
			const end = root.nodes.findIndex((node) => node.type === "comment" && OURS.test(node.text));
			if (end < 0) return;
			const theirs = root.nodes.slice(0, end);
			for (const node of theirs) {
				if (node.type === "rule") purge(node);
				else if (node.type === "atrule") purgeInside(node);
				else node.remove();
			}
			for (const node of theirs) if (node.parent) prefix(node as Container);
			dropUnusedVariables(root);
			dropEmpty(root);
		},
	};
}

function purgeInside(block: AtRule): void {
	block.walkRules(purge);
}

function purge(rule: Rule): void {
	if (rule.parent?.type === "atrule" && /keyframes$/.test((rule.parent as AtRule).name)) return;
	const kept = rule.selectors.filter((selector) => classesOf(selector).every((name) => CLASSES.has(name)));
	if (kept.length === 0) rule.remove();
	else rule.selectors = kept;
}

function classesOf(selector: string): string[] {
	return [...selector.matchAll(/\.([A-Za-z][\w-]*)/g)].map((match) => match[1] ?? "");
}

function prefix(node: Container): void {
	node.walkDecls((declaration) => {
		if (declaration.prop.startsWith("--")) declaration.prop = prefixed(declaration.prop);
		declaration.value = declaration.value.replace(/--[a-z][\w-]*/g, prefixed);
	});
}

function prefixed(name: string): string {
	return `--${PREFIX}${name.slice(2)}`;
}

/** Keeps a variable of Tabler's only if a rule that stays reads it, directly or through another. */
function dropUnusedVariables(root: Root): void {
	const readers = new Map<string, Set<string>>();
	const wanted = new Set<string>();
	root.walkDecls((declaration) => {
		const names = declaration.value.match(/--tblr-[\w-]+/g) ?? [];
		if (!declaration.prop.startsWith(`--${PREFIX}`)) for (const name of names) wanted.add(name);
		else for (const name of names) add(readers, declaration.prop, name);
	});
	for (const name of wanted) for (const next of readers.get(name) ?? []) wanted.add(next);
	root.walkDecls(/^--tblr-/, (declaration) => {
		if (!wanted.has(declaration.prop)) declaration.remove();
	});
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
	map.set(key, (map.get(key) ?? new Set()).add(value));
}

function dropEmpty(root: Root): void {
	root.walk((node) => {
		if ((node.type === "rule" || node.type === "atrule") && node.nodes?.length === 0) node.remove();
	});
}
