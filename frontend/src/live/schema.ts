// Written by holdspace/live/typescript.py from holdspace/live/schema.py: change it there.

export type Id = string;
export type Topic = string;
export type Body = Record<string, unknown>;

export type Role = "clinician" | "client" | "guest";

export type Right = "waiting" | "admitted";

export type Kind = "offer" | "answer" | "candidate" | "media" | "words" | "fault" | "restart";

export type ErrorCode =
	| "no_place"
	| "not_joined"
	| "not_here"
	| "not_yet"
	| "removed"
	| "too_many"
	| "try_again";

export type HintName =
	| "appointment.changed"
	| "editing.changed"
	| "seat.changed"
	| "consent.changed"
	| "message.changed"
	| "bell.rung"
	| "session.opened"
	| "session.ended"
	| "participant.waiting"
	| "participant.admitted"
	| "participant.declined"
	| "participant.sent_back"
	| "participant.left"
	| "participant.removed"
	| "participant.told"
	| "service.tested"
	| "user.signed_out";

/** Someone in the room, as those who may meet them see them. */
export interface Peer {
	participant: Id;
	role: Role;
	right: Right;
}

/** Hear the hints of these topics too; answered by `watching`. */
export interface WatchUp {
	type: "watch";
	topics: Topic[];
}

/** Be present in a session's room; answered by `joined` or an error. */
export interface JoinUp {
	type: "join";
	session: Id;
}

/** Be present there no longer. Not the Leave button: that is a POST. */
export interface LeaveUp {
	type: "leave";
	session: Id;
}

/** Words for one other participant of a room both are present in. */
export interface NoteUp {
	type: "note";
	session: Id;
	to: Id;
	kind: Kind;
	body: Body;
}

/** Are you there? Never counts as a person's activity. */
export interface PingUp {
	type: "ping";
	n: number;
}

export type Up = WatchUp | JoinUp | LeaveUp | NoteUp | PingUp;

/** Known. Said again whenever hints may have been lost: refetch and watch again. */
export interface WelcomeDown {
	type: "welcome";
}

/** Which of the topics asked for are watched, and which are not for you. */
export interface WatchingDown {
	type: "watching";
	topics: Topic[];
	refused: Topic[];
}

/** Something changed; ask the server again. Names and ids only. */
export interface HintDown {
	type: "hint";
	name: HintName;
	ids: Record<string, Id>;
}

/** You are present, as this participant; these are the others you may meet. */
export interface JoinedDown {
	type: "joined";
	session: Id;
	me: Id;
	role: Role;
	right: Right;
	present: Peer[];
}

/** Someone is there now, or their right has changed. */
export interface PresentDown {
	type: "present";
	session: Id;
	participant: Id;
	role: Role;
	right: Right;
}

/** Their socket is gone, or you may no longer meet. Not the end of a call. */
export interface AbsentDown {
	type: "absent";
	session: Id;
	participant: Id;
}

/** Your own right has changed. */
export interface RightDown {
	type: "right";
	session: Id;
	right: Right;
}

/** Another tab or window took your seat; this one is out of the room. */
export interface TakenDown {
	type: "taken";
	session: Id;
}

/** A note; the endpoint itself wrote who it is from. */
export interface NoteDown {
	type: "note";
	session: Id;
	from: Id;
	kind: Kind;
	body: Body;
}

/** Here. */
export interface PongDown {
	type: "pong";
	n: number;
}

/** Understood, and declined; the socket stays open. */
export interface ErrorDown {
	type: "error";
	code: ErrorCode;
	sentence: string;
	session: Id | null;
}

export type Down =
	| WelcomeDown
	| WatchingDown
	| HintDown
	| JoinedDown
	| PresentDown
	| AbsentDown
	| RightDown
	| TakenDown
	| NoteDown
	| PongDown
	| ErrorDown;

export const closes = {
	notOurLanguage: 4400,
	signedOut: 4401,
	notOurOrigin: 4403,
	flood: 4408,
	tooLarge: 4413,
} as const;

export const earlyKinds: readonly Kind[] = ["offer", "answer", "candidate"];

export const frameBytes = 65536;

export const notesPerSecond = 60;
