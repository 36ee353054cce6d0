import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentProof, Difference, Verdict } from '../../shared/model/verify.ts';
import { go } from '../app/route.ts';
import { useSettings } from '../settings/settings.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { Mark, type Tone, ToneIcon } from '../ui/Mark.tsx';
import table from '../ui/table.module.css';
import { type TableColumn, VirtualTable } from '../ui/VirtualTable.tsx';
import { beginWith, emptyDraft, updateOf } from '../wizard/draft.ts';
import { Hint } from '../wizard/Hint.tsx';
import { useWizard } from '../wizard/store.ts';
import styles from './VerdictView.module.css';

const TONES = { equal: 'good', differs: 'bad', unread: 'warn' } as const satisfies Record<ContentProof['state'], Tone>;

type Outcome = 'equal' | 'equalContent' | 'unread' | 'differs';

const OUTCOME_TONES = { equal: 'good', equalContent: 'good', unread: 'warn', differs: 'bad' } as const satisfies Record<
  Outcome,
  Tone
>;

/** What could not be read proves nothing either way. */
function outcomeOf({ equal, request, differences, content }: Verdict): Outcome {
  if (equal) return request.content ? 'equalContent' : 'equal';
  const differs = differences.some(({ counts }) => counts) || content.some(({ state }) => state === 'differs');
  return differs ? 'differs' : 'unread';
}

/** What came out: one sentence, then each dataset, then each difference by its name. */
export function VerdictView({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation();
  const { datasets, differences, differenceCount, content } = verdict;
  const outcome = outcomeOf(verdict);
  const sentence = t(`verify.outcome.${outcome}`);
  useEffect(() => announce(sentence), [sentence]);
  const contentOf = (copy: string) => content.find((proof) => proof.copy.startsWith(`${copy}@`));
  return (
    <>
      <section className={styles.verdict} data-tone={OUTCOME_TONES[outcome]}>
        <ToneIcon tone={OUTCOME_TONES[outcome]} size={22} />
        <h2>{sentence}</h2>
      </section>
      <NextStep verdict={verdict} />
      <Card title={t('verify.datasets')} isFlush>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('verify.dataset')}</th>
              <th scope="col">{t('verify.copy')}</th>
              <th scope="col" className={table.number}>
                {t('verify.common')}
              </th>
              <th scope="col">{t('verify.newest')}</th>
              {verdict.request.content && <th scope="col">{t('verify.files')}</th>}
            </tr>
          </thead>
          <tbody>
            {datasets.map((one) => (
              <tr key={one.source}>
                <th scope="row" className={table.name}>
                  {one.source}
                </th>
                <td className={table.name}>{one.copy}</td>
                <td className={table.number}>{formatNumber(one.common)}</td>
                <td className={table.name}>{one.newest?.source.split('@')[1] ?? t('ui.nothing')}</td>
                {verdict.request.content && (
                  <td>
                    <ContentCell proof={contentOf(one.copy)} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      {differenceCount > 0 && <Differences differences={differences} count={differenceCount} />}
    </>
  );
}

/** What the differences mean for the next update, and the way to it; nothing where it would bring nothing. */
function NextStep({ verdict: { request, datasets, differences } }: { readonly verdict: Verdict }) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const defaults = useSettings(({ settings }) => settings.newReplication);
  const kind = (['stops', 'comes'] as const).find((one) => differences.some(({ nextUpdate }) => nextUpdate === one));
  if (kind === undefined) return null;
  const plan = () => {
    change(() => updateOf(beginWith(emptyDraft, defaults), request, datasets.length > 1));
    go({ page: 'replicate', step: 'review' });
  };
  return (
    <Hint
      action={
        <Button size="small" onPress={plan}>
          {t('verify.plan')}
        </Button>
      }
    >
      <p>{t(`verify.next.${kind}`)}</p>
    </Hint>
  );
}

function ContentCell({ proof }: { readonly proof: ContentProof | undefined }) {
  const { t } = useTranslation();
  if (proof === undefined) return t('ui.nothing');
  return (
    <>
      <Mark tone={TONES[proof.state]} look="plain">
        {t(`verify.state.${proof.state}`)}
      </Mark>{' '}
      {proof.state !== 'unread' &&
        (proof.blocks > 0
          ? t('verify.readBlocks', { blocks: formatNumber(proof.blocks), bytes: formatBytes(proof.bytes) })
          : t('verify.read', { files: formatNumber(proof.files), bytes: formatBytes(proof.bytes) }))}
      {proof.remarks.map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}
        </p>
      ))}
    </>
  );
}

function Differences({ differences, count }: { readonly differences: readonly Difference[]; readonly count: number }) {
  const { t } = useTranslation();
  const columns: TableColumn<Difference>[] = [
    { id: 'kind', title: t('verify.what'), cell: ({ kind }) => t(`verify.kind.${kind}`) },
    { id: 'name', title: t('verify.name'), cell: ({ name }) => name, isName: true, isHeader: true },
    { id: 'source', title: t('verify.atSource'), cell: ({ source }) => source ?? t('ui.nothing'), isName: true },
    {
      id: 'copy',
      title: t('verify.atCopy'),
      cell: ({ destination }) => destination ?? t('ui.nothing'),
      isName: true,
    },
    {
      id: 'update',
      title: t('verify.nextUpdate'),
      cell: ({ nextUpdate }) => t(`verify.updates.${nextUpdate}`),
    },
  ];
  return (
    <Card
      title={t('verify.differences')}
      aside={t('ui.countOf', { shown: formatNumber(differences.length), all: formatNumber(count) })}
      isFlush
    >
      <VirtualTable
        label={t('verify.differences')}
        columns={columns}
        layout={styles.columns}
        items={differences}
        keyOf={keyOf}
        empty=""
      />
    </Card>
  );
}

const keyOf = (difference: Difference): string => `${difference.kind} ${difference.dataset} ${difference.name}`;
