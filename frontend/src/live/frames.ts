// What travels on the socket, as this page reads it.  docs/protocol.md is the whole language.
export type Right = "waiting" | "admitted";
export type Role = "clinician" | "client" | "guest";
export type NoteKind = "offer" | "answer" | "candidate" | "media" | "words" | "fault" | "restart";
export type NoteBody = Record<string, unknown>;

export interface Present {
	participant: string;
	role: Role;
	right: Right;
}

export type Down =
	| { type: "welcome" }
	| { type: "watching"; topics: string[]; refused: string[] }
	| { type: "hint"; name: string; ids: Record<string, string> }
	| { type: "joined"; session: string; me: string; role: Role; right: Right; present: Present[] }
	| ({ type: "present"; session: string } & Present)
	| { type: "absent"; session: string; participant: string }
	| { type: "right"; session: string; right: Right }
	| { type: "taken"; session: string }
	| { type: "note"; session: string; from: string; kind: NoteKind; body: NoteBody }
	| { type: "pong"; n: number }
	| { type: "error"; code: string; sentence: string };

export type Up =
	| { type: "watch"; topics: string[] }
	| { type: "join"; session: string }
	| { type: "leave"; session: string }
	| { type: "note"; session: string; to: string; kind: NoteKind; body: NoteBody }
	| { type: "ping"; n: number };
