// What the address of the list of customers asks for. Pure; what is not known is named and left out.
import { asking, readPage, readText } from "../waiting/parse.ts";

export type AskedCustomers = {
  readonly text: string | null;
  readonly isMine: boolean;
  readonly page: number;
  readonly unknown: readonly string[];
};

export function readAskedCustomers(query: Readonly<Record<string, string>>): AskedCustomers {
  const { chosen, unknown } = asking(query);
  return {
    text: chosen("text", readText),
    isMine: chosen("mine", (value) => (value === "1" ? true : null)) ?? false,
    page: chosen("page", readPage) ?? 1,
    unknown,
  };
}
