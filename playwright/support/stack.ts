import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { test as base } from '@playwright/test';

/** Where the parts of the shared stack are. */
export interface SharedStack {
  readonly otlpUrl: string;
  readonly pageUrl: string;
  readonly connection: {
    readonly url: string;
    readonly username: string;
    readonly password: string;
    readonly database: string;
  };
}

const VARIABLE = 'HYPERFLAME_E2E_STACK';

/** The test workers inherit the environment of the process that starts the stack. */
export function shareStack(stack: SharedStack): void {
  process.env[VARIABLE] = JSON.stringify(stack);
}

export const test = base.extend<object, { stack: SharedStack; client: ClickHouseClient }>({
  stack: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      await use(JSON.parse(process.env[VARIABLE] ?? '') as SharedStack);
    },
    { scope: 'worker' },
  ],
  client: [
    async ({ stack }, use) => {
      const client = createClient(stack.connection);
      await use(client);
      await client.close();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
