// Every operation that the gateway answers, by GitHub's name for it.

import type { Answer, Exchange } from "../exchange.ts";
import { accountOperations } from "./accounts.ts";
import { appOperations } from "./apps.ts";
import { conversationOperations } from "./conversations.ts";
import { repositoryOperations } from "./repositories.ts";

export type Operations = Readonly<Record<string, (x: Exchange) => Answer | Promise<Answer>>>;

export function operations(): Operations {
  return { ...appOperations, ...accountOperations, ...repositoryOperations, ...conversationOperations };
}
