// An organisation whose one policy holds in all its repositories, so also in those that hold cases.
import type { SeededRepository } from "./github/github.ts";

/** The repositories of most stories, with the policy in `.github` instead of in acme-db/engine. */
export const withOwnerPolicy = (policy: string): { readonly repositories: readonly SeededRepository[] } => ({
  repositories: [
    { name: "acme-db/.github", visibility: "public", files: { ".github/patch-advocate.yml": policy } },
    {
      name: "acme-db/engine",
      visibility: "public",
      collaborators: { mira: "write", noel: "write", dana: "write", kenji: "read" },
    },
    { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write", kenji: "write" } },
    { name: "acme-db/more-cases", visibility: "private", collaborators: { dana: "write", kenji: "write" } },
    { name: "acme-db/tools", visibility: "private", collaborators: { mira: "write", dana: "write" } },
  ],
});
