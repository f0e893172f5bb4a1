// A call is the same few things whoever carries it; the room page knows nothing else.
import type { Emitter } from "../kit/emitter.ts";
import type { NoteBody, NoteKind, Right, Role } from "../live/frames.ts";

/** What lets this page in.  One case per engine; nothing outside an engine looks inside. */
export type Ticket = {
	engine: "p2p";
	session: string;
	me: string;
	role: Role;
	right: Right;
	iceServers: RTCIceServer[];
	policy: RTCIceTransportPolicy;
	/** When the relay's credentials end, in seconds since 1970; 0 if there are none. */
	expires: number;
	socket: string;
	/** By participant, what those are called who are in the room with us. */
	people: Record<string, string>;
};

export type TrackKind = "audio" | "video";

/** A line to one other person: `silent` is a pause that recovery is busy with, not the end. */
export type LineState = "making" | "up" | "silent";

export interface Facts {
	/** Kilobits a second that we may send, round trip in milliseconds, shares between 0 and 1. */
	available: number | null;
	roundTrip: number | null;
	lostOut: number;
	lostIn: number;
	concealed: number;
	relayed: boolean;
	busy: boolean;
}

export interface CallEvents {
	/** My own right: `admitted` is the moment to join, `waiting` means sent back. */
	right: Right;
	present: { participant: string; role: Role; right: Right };
	absent: { participant: string };
	/** Our tracks go to this person, and theirs may be seen: both are admitted.  Or no longer. */
	meeting: { participant: string; meeting: boolean };
	stream: { participant: string; stream: MediaStream };
	line: { participant: string; state: LineState };
	facts: { participant: string; facts: Facts };
	/** Our own picture for this person was stopped for want of bandwidth, or is sent again. */
	thin: { participant: string; thin: boolean };
	note: { from: string; kind: NoteKind; body: NoteBody };
	words: { participant: string; words: string[] | null };
	/** Another tab has this seat now / this person was taken out. */
	taken: undefined;
	out: undefined;
}

export interface Call extends Emitter<CallEvents> {
	readonly me: string;
	/** The standby connection: nobody is seen or heard. */
	prepare(): Promise<void>;
	/** Our tracks to everybody who is admitted, now and as they come. */
	join(camera: MediaStream): Promise<void>;
	/** This person was let in: don't wait until the server's hint says so too. */
	welcome(participant: string): void;
	/** This person was sent back or put out: nothing of ours goes to them from now on. */
	farewell(participant: string): void;
	/** Takes our tracks back and waits again. */
	rest(): Promise<void>;
	replace(kind: TrackKind, track: MediaStreamTrack | null): Promise<void>;
	share(screen: MediaStream): Promise<void>;
	tell(kind: NoteKind, body: NoteBody, to?: string): void;
	/** Mends every line now, whatever the timers think. */
	mend(): void;
	leave(): Promise<void>;
}
