// When an installation was removed, and when what was known of its owner was forgotten because of that; and who was erased, by GitHub's id.
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw("create table erased_people (user_id bigint primary key, mark text not null, at bigint not null)")
    .execute(db);
  await sql.raw("alter table installations add column removed_at bigint").execute(db);
  await sql.raw("alter table installations add column forgotten_at bigint").execute(db);
  await sql
    .raw("create index installations_removed on installations (id) where state = 'deleted' and forgotten_at is null")
    .execute(db);
}
