// Customers and people as the text of a file that reads back as the same. Pure; the other direction of parse.ts.
import { stringify } from "yaml";
import { COMPUTED } from "./csv-file.ts";
import { CUSTOMER_COLUMNS } from "./csv-rows.ts";
import { type Contract, type Customer, type CustomersFile, toPlainCustomer } from "./customer.ts";

/** The whole file as YAML, or as JSON, which reads as YAML too. What is empty or left at its default is left out. */
export function customersToYaml({ customers, people }: CustomersFile, form: "yaml" | "json" = "yaml"): string {
  const plain = {
    customers: customers.map((customer) => withoutEmpty(toPlainCustomer(customer))),
    ...(people.length > 0 && { people: people.map(withoutEmpty) }),
  };
  if (form === "json") return `${JSON.stringify(plain, null, 2)}\n`;
  return stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false });
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, item]) => [key, withoutEmpty(item)] as const)
    .filter(([, item]) => !isEmpty(item));
  return Object.fromEntries(kept);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The flat part as CSV, a row a contract. Contacts, ids, deputies, Slack and targets do not fit and are left out. */
export function customersToCsv({ customers }: CustomersFile): string {
  const rows = customers.flatMap((customer) =>
    customer.contracts.length === 0
      ? [toCells(customer, null)]
      : customer.contracts.map((contract) => toCells(customer, contract)),
  );
  return [CUSTOMER_COLUMNS, ...rows].map((cells) => `${cells.map(toCell).join(",")}\n`).join("");
}

function toCells(customer: Customer, contract: Contract | null): string[] {
  return [
    customer.id,
    customer.name,
    customer.timezone,
    String(customer.confidential),
    customer.owner?.name ?? "",
    customer.owner?.email ?? "",
    customer.owner?.language ?? "",
    customer.consultant?.github ?? "",
    customer.logins.join(" "),
    customer.organizations.join(" "),
    customer.domains.join(" "),
    contract?.plan ?? "",
    contract?.tier ?? "",
    contract?.from ?? "",
    contract?.until ?? "",
  ];
}

function toCell(text: string): string {
  // Spreadsheets compute a cell that begins like this; readCsv takes the sign in front away again.
  const inert = COMPUTED.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
