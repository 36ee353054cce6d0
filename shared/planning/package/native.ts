/** Solaris has recursive packages of its own: `zfs send -r` and `-rc`. */
import { labelOf } from '../../model/names.ts';
import type { Step } from '../../model/plan.ts';
import * as zfs from '../../zfs/commands.ts';
import { copyOf } from '../decision.ts';
import { step } from '../step.ts';
import type { PackageDecision } from './decide-package.ts';

/**
 * The one step that carries the whole package, from Solaris to Solaris where nothing of it exists yet; null where single
 * streams are composed. An update is composed on Solaris, too: so each stream starts from what its own copy has.
 */
export function nativePackage({ world, decisions }: PackageDecision): Step | null {
  const { request, source, destination } = world;
  const [top] = decisions;
  const recursive = request.package === 'recursive' || request.package === 'self-contained';
  if (!recursive || source.zfs.dialect !== 'solaris' || destination.zfs.dialect !== 'solaris') return null;
  if (
    !source.zfs.capabilities.send.includes('r') ||
    request.source.also.length > 0 ||
    request.source.exclude.length > 0
  )
    return null;
  const fresh = decisions.every(
    ({ target, sends, prelude }) => target === null && sends.length > 0 && prelude.discard === null,
  );
  if (top?.goal == null || top.flags === null || !fresh) return null;
  const copy = copyOf(top);
  const rows = decisions.reduce(
    (count, { sends }) => count + sends.reduce((sum, { brings }) => sum + brings.length, 0),
    0,
  );
  return step({
    kind: 'send-receive',
    host: destination.host,
    title: `Copy ${labelOf(top.goal.name)} of ${top.ends.request.source.dataset} and everything below it to ${copy}`,
    commands: [
      zfs.sendPackage(source, request.package === 'self-contained', top.goal.name),
      zfs.receive(destination, { ...top.flags.receive, set: [], skip: [] }, copy),
    ],
    streams: Array.from({ length: rows }, (_, index) => index),
    copy,
  });
}
