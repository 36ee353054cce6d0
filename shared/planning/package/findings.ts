/** The findings of a package as one list: sorted, each with its dataset, what is said of many datasets said once. */
import type { Finding } from '../../model/plan.ts';
import type { PackageDecision } from './decide-package.ts';

const rank = { blocks: 0, warns: 1, notes: 2 };

/** What blocks first, else in the order given. */
export const bySeverity = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);

/** Findings of one code and severity that are listed one by one; more are put together. */
const LISTED = 5;

/** @param sized what could only be found once sizes were known */
export function summarise({ world, decisions, findings }: PackageDecision, sized: readonly Finding[]): Finding[] {
  const several = world.request.package !== 'single' || decisions.length > 1;
  const sending = decisions.some(({ sends }) => sends.length > 0);
  const own = decisions.flatMap((decision) =>
    decision.findings
      // Of a package that has something to send, what is up to date is told by the table of its datasets.
      .filter(({ code }) => !(several && sending && code === 'nothing-to-send'))
      .map((finding) =>
        several && finding.dataset === null ? { ...finding, dataset: decision.ends.request.source.dataset } : finding,
      ),
  );
  return bySeverity([...findings, ...own, ...sized]);
}

/** What blocks is listed whole: each has its own ways out. */
export function condense(findings: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(findings, ({ code, severity }) => `${severity} ${code}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group;
    if (first === undefined || first.severity === 'blocks' || group.length <= LISTED) return group;
    return [
      {
        ...first,
        dataset: null,
        message: `${first.message} The same goes for ${rest.length} more datasets.`,
        evidence: { ...first.evidence, datasets: group.map(({ dataset }) => dataset) },
      },
    ];
  });
}
