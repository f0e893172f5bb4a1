"""What really arrived: decoded frames and received sound, read from the browser's own statistics."""

import time
from typing import Any

from playwright.sync_api import Page

# Every connection the page makes is kept where the test can ask it; nothing else is touched.
WATCH = """
(() => {
  if (window.connections) return;
  const Real = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Real {
    constructor(...said) { super(...said); window.connections.push(this); }
  };
})()
"""

READ = """
async () => {
  const sum = { frames: 0, packets: 0, energy: 0, relayed: false, open: 0 };
  for (const connection of window.connections) {
    if (connection.connectionState === "closed") continue;
    sum.open += 1;
    // Asked before it stands, Chromium keeps an answer without certificates: the page finds no words.
    if (["new", "connecting"].includes(connection.connectionState)) continue;
    const stats = await connection.getStats();
    const pairs = {};
    stats.forEach((line) => {
      if (line.type === "inbound-rtp" && line.kind === "video") sum.frames += line.framesDecoded || 0;
      if (line.type === "inbound-rtp" && line.kind === "audio") {
        sum.packets += line.packetsReceived || 0;
        sum.energy += line.totalAudioEnergy || 0;
      }
      if (line.type === "candidate-pair" && line.nominated) {
        const local = stats.get(line.localCandidateId);
        if (local && local.candidateType === "relay") sum.relayed = true;
      }
    });
  }
  return sum;
}
"""


def received(page: Page) -> dict[str, Any]:
    """What this page has decoded and heard so far, over all of its connections."""
    found: dict[str, Any] = page.evaluate(READ)
    return found


def wait_until_met(page: Page, *, seconds: float = 20) -> dict[str, Any]:
    """Wait until frames of the other side are being decoded and their sound is received."""
    before = received(page)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        now = received(page)
        if now["packets"] < before["packets"]:
            before = now  # a connection was given up for a fresh one
        if (
            now["frames"] > before["frames"] + 3
            and now["packets"] > before["packets"] + 10
            and now["energy"] > 0
        ):
            return now
        page.wait_for_timeout(150)
    raise AssertionError(f"no picture or no sound: {before} -> {received(page)}")


def shows_picture(page: Page) -> bool:
    """Whether a visible video element is really painting somebody else's frames."""
    return bool(
        page.evaluate(
            """() => [...document.querySelectorAll("video")].some((video) =>
                 !video.closest("[hidden]") && video.offsetWidth > 0 && !video.muted === false ? false :
                 !video.closest("[hidden]") && video.offsetWidth > 0 && video.videoWidth > 0
                 && video.getVideoPlaybackQuality().totalVideoFrames > 0)"""
        )
    )


# Silence isn't nothing: a muted line sends a little noise, so that it sounds alive.
LITTLE = {"energy": 1e-3}


def wait_until_nothing_comes(page: Page, *kinds: str, quiet: float = 1.5, seconds: float = 15) -> None:
    """Wait until none of `kinds` (frames, packets, energy) grows any more: not for `quiet` seconds."""
    kinds = kinds or ("frames", "packets")
    until, last, since = time.monotonic() + seconds, received(page), time.monotonic()
    while time.monotonic() < until:
        page.wait_for_timeout(150)
        now = received(page)
        if any(now[kind] > last[kind] + LITTLE.get(kind, 0) for kind in kinds):
            last, since = now, time.monotonic()
        elif time.monotonic() - since >= quiet:
            return
    raise AssertionError(f"still coming: {last} -> {received(page)}")


def keeps_coming(*pages: Page, seconds: float, gap: float = 1.0) -> None:
    """On each page picture and sound come all the time, with no gap longer than `gap`."""
    last = {page: received(page) for page in pages}
    grew = {page: time.monotonic() for page in pages}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pages[0].wait_for_timeout(100)
        for page in pages:
            now = received(page)
            if now["frames"] > last[page]["frames"] and now["packets"] > last[page]["packets"]:
                last[page], grew[page] = now, time.monotonic()
            assert time.monotonic() - grew[page] < gap, f"nothing came for {gap} s: {last[page]} -> {now}"


def wait_until_louder(page: Page) -> None:
    before = received(page)["energy"]
    page.wait_for_function("() => true")
    for _ in range(60):
        if received(page)["energy"] > before:
            return
        page.wait_for_timeout(150)
    raise AssertionError("no sound came back")
