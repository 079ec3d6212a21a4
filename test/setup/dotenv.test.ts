// Writing into somebody's .env: their lines stay, ours are read as meant, and nobody else can read the file.
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { withVariables } from "../../src/setup/dotenv.ts";
import { canWriteBeside, writeVariables } from "../../src/setup/keep-file.ts";
import { makeFolder } from "../cli/run.ts";

const set = (text: string, variables: Readonly<Record<string, string>> = { APP_ID: "7", KEY: "a+/=" }) =>
  withVariables(text, variables, "Ours");

test.each([
  ["nothing yet", "", "# Ours\nAPP_ID=7\nKEY=a+/=\n"],
  ["lines of others", "# Mine\nPORT=1 # here\n\n\n", "# Mine\nPORT=1 # here\n\n# Ours\nAPP_ID=7\nKEY=a+/=\n"],
  ["no line end", "PORT=1", "PORT=1\n\n# Ours\nAPP_ID=7\nKEY=a+/=\n"],
  ["empty places, as in .env.example", "# The ID.\nAPP_ID=\nPORT=\nKEY=\n", "# The ID.\nAPP_ID=7\nPORT=\nKEY=a+/=\n"],
  ["an old value, exported", "export APP_ID = 'old'\nKEY=x", "APP_ID=7\nKEY=a+/=\n"],
  ["the same name twice", "APP_ID=1\nAPP_ID=2\nKEY=x\n", "APP_ID=7\nKEY=a+/=\n"],
  ["names in comments", "# APP_ID=1\nKEY=\n", "# APP_ID=1\nKEY=a+/=\n\n# Ours\nAPP_ID=7\n"],
  ["Windows' line ends", "A=1\r\nKEY=\r\n", "A=1\r\nKEY=a+/=\r\n\r\n# Ours\r\nAPP_ID=7\r\n"],
  ["an old value over several lines", 'KEY="one\ntwo"\nA=1\n', "KEY=a+/=\nA=1\n\n# Ours\nAPP_ID=7\n"],
  ["our names within somebody's text", "A='x\nKEY=y\n'\nB=1\n", "A='x\nKEY=y\n'\nB=1\n\n# Ours\nAPP_ID=7\nKEY=a+/=\n"],
])("%s", (_name, before, after) => {
  expect(set(before)).toBe(after);
});

test("values that need quotes get them, and what cannot be written is not", () => {
  expect(set("", { A: "a b#c", B: "it's", C: "" })).toBe("# Ours\nA='a b#c'\nB=\"it's\"\nC=\n");
  expect(set("", { A: `"'` })).toBe(null);
});

test("whatever stood there, it reads as before but for our variables, or is left alone", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "APP_ID=1",
      "# APP_ID=2",
      "KEY='x",
      'KEY="x',
      "y'",
      'z"',
      "",
      "export A=b",
      "A=`q",
      "B = c # d",
      "=",
      "APP_ID",
    ),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
      const before = lines.join(end);
      const after = set(before);
      if (after !== null) expect(parseEnv(after)).toEqual({ ...parseEnv(before), APP_ID: "7", KEY: "a+/=" });
    }),
  );
});

function folder(): string {
  const made = makeFolder();
  onTestFinished(made.remove);
  return made.folder;
}

test("the file is whole, for its user alone, and leaves nothing beside it", () => {
  const place = folder();
  const path = join(place, ".env");
  writeFileSync(path, "PORT=1\n", { mode: 0o644 });
  chmodSync(path, 0o644);

  expect(canWriteBeside(path)).toBe(true);
  expect(writeVariables(path, { APP_ID: "7" }, "Ours")).toEqual({ kind: "written", path });
  expect(readFileSync(path, "utf8")).toBe("PORT=1\n\n# Ours\nAPP_ID=7\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(place)).toEqual([".env"]);
});

test("a link is followed, not replaced", () => {
  const place = folder();
  mkdirSync(join(place, "secrets"));
  symlinkSync("secrets/app.env", join(place, ".env"));

  writeVariables(join(place, ".env"), { APP_ID: "7" }, "Ours");

  expect(readlinkSync(join(place, ".env"))).toBe("secrets/app.env");
  expect(readFileSync(join(place, "secrets/app.env"), "utf8")).toBe("# Ours\nAPP_ID=7\n");
});

test("where nothing can be written, nothing is, and nothing is left behind", () => {
  const place = folder();
  symlinkSync("nowhere/app.env", join(place, ".env"));
  mkdirSync(join(place, "taken"));

  expect(canWriteBeside(join(place, ".env"))).toBe(false);
  expect(writeVariables(join(place, ".env"), { APP_ID: "7" }, "Ours")).toEqual({ kind: "not-written" });
  expect(writeVariables(join(place, "taken"), { APP_ID: "7" }, "Ours")).toEqual({ kind: "not-written" });
  expect(readdirSync(place).toSorted()).toEqual([".env", "taken"]);
});
