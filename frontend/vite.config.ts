import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { cutTabler } from "./build/tabler.ts";

const here = new URL(".", import.meta.url).pathname;
const pages = readdirSync(`${here}src/pages`)
	.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
	.sort()
	.map((name) => [name.replace(/\.ts$/, ""), `src/pages/${name}`]);
const styles = ["desk", "portal"].map((name) => [`style-${name}`, `src/styles/${name}.scss`]);

// One entry per page that needs script, two stylesheets; hashed names, found through manifest.json.
export default defineConfig({
	root: here,
	base: "",
	publicDir: false,
	css: { postcss: { plugins: [cutTabler()] } },
	build: {
		outDir: "../holdspace/kit/static/built",
		emptyOutDir: true,
		manifest: "manifest.json",
		target: ["chrome111", "firefox115", "safari16.4"],
		modulePreload: { polyfill: false },
		assetsInlineLimit: 0,
		reportCompressedSize: true,
		rolldownOptions: {
			input: Object.fromEntries([...pages, ...styles]),
			output: {
				entryFileNames: "[name].[hash].js",
				chunkFileNames: "[name].[hash].js",
				assetFileNames: "[name].[hash][extname]",
			},
		},
	},
	// One page for all files: making a new one for each takes longer than all tests together.
	test: { environment: "happy-dom", isolate: false, include: ["src/**/*.test.ts", "build/**/*.test.ts"] },
});
