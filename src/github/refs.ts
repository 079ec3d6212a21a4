// Ids as types of their own, so that a repository's id is not taken for an owner's. Apart, because every feature names them.
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type OwnerId = Branded<number, "owner">;
export type RepositoryId = Branded<number, "repository">;
export type UserId = Branded<number, "user">;
/** `<repository id>#<number>`: stays the same when a repository is renamed or transferred. */
export type PatchId = Branded<string, "patch">;

export const ownerId = (id: number): OwnerId => id as OwnerId;
export const repositoryId = (id: number): RepositoryId => id as RepositoryId;
export const userId = (id: number): UserId => id as UserId;
export const patchId = (repository: number, number: number): PatchId => `${repository}#${number}` as PatchId;
/** Takes a patch id that was stored. */
export const storedPatchId = (text: string): PatchId => text as PatchId;

/** An account as payloads and answers name it; deleted accounts are null there and never become one of these. */
export type Actor = { readonly id: UserId; readonly login: string; readonly isBot: boolean };
