"""What must be seen where the reader's own colors replace ours: edges, chosen things, icons, the focus."""

import os
from pathlib import Path

from playwright.sync_api import Page

# Everything on the page that is told from its surroundings by what forced colors take away.
LOOK = r"""() => {
  const wrong = [];
  const css = (one) => getComputedStyle(one);
  const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const all = (what) => [...document.querySelectorAll(what)].filter(shown);
  const night = matchMedia("(prefers-color-scheme: dark)").matches;
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const ground = css(at).backgroundColor;
      if (!/, 0\)$|^transparent$/.test(ground)) return ground;
    }
    return night ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)";
  };
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const apart = (one, other) => Math.max(light(one) / light(other), light(other) / light(one));
  const edge = (one) => {
    const { borderTopStyle, borderTopColor, borderTopWidth } = css(one);
    const drawn = borderTopStyle !== "none" && borderTopColor !== behind(one.parentElement);
    return drawn ? parseFloat(borderTopWidth) : 0;
  };
  const must = (what, which, holds) => {
    for (const one of all(which)) {
      const name = one.className.baseVal ?? one.className;
      if (!holds(one)) wrong.push(`${what}: .${name} ${one.textContent.trim().slice(0, 30)}`);
    }
  };
  const edged = (one) => edge(one) >= 1;
  must("no edge", ".btn:not(.hs-btn-link), select, textarea, .hs-pad, .hs-meter i", edged);
  must("no edge", "input:not([type=hidden], [type=radio], [type=checkbox])", edged);
  must("no edge", ".hs-notice, .hs-tag, .hs-well, .hs-card, .hs-text, .hs-choice, .hs-clocks", edged);
  must("as any other button", ".btn-primary:not(:disabled)", (one) => edge(one) >= 2);
  must("no sign of a link", ".hs-btn-link", (one) => css(one).textDecorationLine === "underline");
  must("a drawn tick", ".form-check-input", (one) => css(one).appearance === "auto");
  must("not to be seen", "svg.hs-icon", (one) => apart(css(one).stroke, behind(one)) >= 4.5);
  const look = (one) => `${css(one).borderTopWidth} ${css(one).borderTopColor}`;
  must("as the others", ".hs-choice:has(:checked), .hs-seg > label:has(:checked)", (one) => {
    const others = [...one.parentElement.children].filter((other) => other !== one && shown(other));
    return edge(one) >= 2 && others.every((other) => look(other) !== look(one));
  });
  const unlit = all(".hs-meter i:not(.is-on)")[0];
  const unlike = (one) => !unlit || css(one).backgroundColor !== css(unlit).backgroundColor;
  must("as an unlit one", ".hs-meter i.is-on", unlike);
  return wrong;
}"""
RING = """() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one.closest(".hs-choice, .hs-seg > label") ?? one);
  const drawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return drawn || one === document.body ? "" : `no ring: ${one.outerHTML.slice(0, 80)}`;
}"""
TABS = 8


def wrong_in(page: Page, name: str) -> list[str]:
    """What can't be told on this page as it stands, in colors on white and on black."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in page.evaluate(LOOK)]
        shoot(page, f"{name}-forced-{scheme}")
    found += rings(page)
    page.emulate_media(forced_colors="none", color_scheme="light")
    return found


def rings(page: Page) -> list[str]:
    """The focus without its ring, as it goes from thing to thing."""
    found = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        found.append(str(page.evaluate(RING)))
    return [line for line in found if line]


def shoot(page: Page, name: str) -> None:
    """A picture of every look, where HOLDSPACE_TEST_LOOKS says."""
    folder = os.environ.get("HOLDSPACE_TEST_LOOKS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name.strip('/').replace('/', '-')}.png"), full_page=True)
