// Packages that run something when they are installed are allowed one by one, by name: whoever brings another says so in package.json.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Lock = {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly resolved?: string }>>;
};

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")) as T;

test("only packages named in allowScripts have install scripts", () => {
  const { allowScripts } = read<{ allowScripts: Readonly<Record<string, boolean>> }>("package.json");
  const { packages } = read<Lock>("package-lock.json");
  const withScripts = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
  expect([...new Set(withScripts)].toSorted()).toEqual(Object.keys(allowScripts).toSorted());
});

test("what is installed is pinned by its hash, and comes from the registry that npm is set to", () => {
  const { packages } = read<{ packages: Readonly<Record<string, { integrity?: string; link?: boolean }>> }>(
    "package-lock.json",
  );
  const loose = Object.entries(packages).filter(
    ([path, { integrity, link }]) => path !== "" && integrity === undefined && link !== true,
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});
