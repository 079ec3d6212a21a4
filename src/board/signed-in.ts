// Who is signed in: somebody whom GitHub named, or somebody who opened a link that was mailed to their registered address. Pure, and apart,
// because sessions keep it and everything on the board asks it.
import { z } from "zod";

export type SignedIn =
  | { readonly kind: "github"; readonly id: number; readonly login: string; readonly name: string }
  | { readonly kind: "mail"; readonly email: string; readonly name: string };

const signedIn = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("github"), id: z.number().int(), login: z.string(), name: z.string() }),
  z.object({ kind: z.literal("mail"), email: z.string(), name: z.string() }),
]);

/** @throws when what was stored is no such person. */
export const readStoredPerson = (json: string): SignedIn => signedIn.parse(JSON.parse(json));

/** One a person, whatever they call themselves now: `github:ID`, or `mail:ADDRESS` in lower case. */
export const personKeyOf = (person: SignedIn): string =>
  person.kind === "github" ? `github:${person.id}` : `mail:${person.email.toLowerCase()}`;

/** How the log and other people's pages name them. */
export const shownPerson = (person: SignedIn): string => (person.kind === "github" ? `@${person.login}` : person.name);
