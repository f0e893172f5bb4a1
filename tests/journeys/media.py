"""What really arrived: decoded frames and received sound, read from the browser's own statistics."""

import time
from typing import Any

from playwright.sync_api import Page

# Every connection the page makes is kept where the test can ask it; nothing else is touched.
WATCH = """
(() => {
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
        if now["frames"] > before["frames"] + 3 and now["packets"] > before["packets"] + 10 and now["energy"] > 0:
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
