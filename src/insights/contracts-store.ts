// The contracts that figures are measured against. Apart from the other questions, because what is stored is read here.
import { z } from "zod";
import type { Db } from "../db/database.ts";
import { workingDuration } from "../policy/leaves.ts";
import type { Contracted } from "./contracts.ts";

/** What is stored was parsed strictly when it was imported: here only what is used, for a thousand customers a page. */
const contracted = z.object({
  timezone: z.string(),
  contracts: z.array(
    z.object({
      plan: z.enum(["subscription", "consulting"]),
      tier: z.string().nullable(),
      from: z.string(),
      until: z.string(),
      targets: z.object({
        S1: workingDuration.optional(),
        S2: workingDuration.optional(),
        S3: workingDuration.optional(),
        S4: workingDuration.optional(),
      }),
    }),
  ),
});

/** The contracts of an owner's customers that any patch concerns, by the customer's id. */
export async function contractsOfCustomers(db: Db, ownerId: number): Promise<ReadonlyMap<string, Contracted>> {
  const rows = await db
    .selectFrom("customers")
    .select(["id", "data"])
    .where("owner_id", "=", ownerId)
    .where("id", "in", (of) => of.selectFrom("patch_customers").select("customer_id").where("owner_id", "=", ownerId))
    .execute();
  return new Map(rows.map(({ id, data }) => [id, contracted.parse(JSON.parse(data))]));
}
