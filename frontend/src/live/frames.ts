// The socket's language under the names this side uses; schema.ts is written from the server's.
export type { Body as NoteBody, Down, Kind as NoteKind, Peer as Present, Right, Role, Up } from "./schema.ts";
