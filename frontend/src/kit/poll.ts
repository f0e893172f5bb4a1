// What a page asks or tells by itself is no sign of a person: it says so, and idle log-off doesn't count it.
export const POLL = "X-Holdspace-Poll";
