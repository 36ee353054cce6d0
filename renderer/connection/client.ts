/** The main process as the window sees it: the contract's procedures, typed. */
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/api/contract.ts';
import { link } from './link.ts';

export const sluice: ContractRouterClient<Contract> = createORPCClient(link);
