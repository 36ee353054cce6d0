/** Makes one step of a plan. */
import type { Command, Step } from '../model/plan.ts';

interface StepParts {
  readonly kind: Step['kind'];
  readonly host: string;
  readonly title: string;
  readonly commands: readonly Command[];
  readonly destructive?: boolean;
  readonly streams?: readonly number[];
  readonly essential?: boolean;
  readonly copy?: Step['copy'];
  readonly moves?: Step['moves'];
}

/** Unless said otherwise a step loses nothing, carries no stream, and must succeed. */
export const step = (parts: StepParts): Step => ({
  kind: parts.kind,
  host: parts.host,
  title: parts.title,
  commands: [...parts.commands],
  destructive: parts.destructive ?? false,
  streams: [...(parts.streams ?? [])],
  copy: parts.copy ?? null,
  ...(parts.moves === undefined ? {} : { moves: parts.moves }),
  essential: parts.essential ?? true,
});
