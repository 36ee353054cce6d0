import { useTranslation } from 'react-i18next';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { Receipt } from '../../shared/model/run.ts';
import { Card } from '../ui/Card.tsx';
import { Mark } from '../ui/Mark.tsx';
import { type TableColumn, VirtualTable } from '../ui/VirtualTable.tsx';
import styles from './GuidTable.module.css';

type Row = Receipt['snapshots'][number];

/** Every planned snapshot with its GUID as each side lists it now; what differs comes first. */
export function GuidTable({
  snapshots,
  request,
}: {
  readonly snapshots: Receipt['snapshots'];
  readonly request: ReplicationRequest;
}) {
  const { t } = useTranslation();
  const sorted = [...snapshots].sort((a, b) => Number(a.equal) - Number(b.equal));
  const columns: TableColumn<Row>[] = [
    { id: 'name', title: t('snapshots.snapshot'), isName: true, isHeader: true, cell: ({ name }) => name },
    {
      id: 'source',
      title: t('receipt.guidAt', { host: request.source.host }),
      isName: true,
      cell: ({ sourceGuid }) => sourceGuid ?? t('receipt.missing'),
    },
    {
      id: 'destination',
      title: t('receipt.guidAt', { host: request.destination.host }),
      isName: true,
      cell: ({ destinationGuid }) => destinationGuid ?? t('receipt.missing'),
    },
    {
      id: 'equal',
      title: t('receipt.equal'),
      cell: ({ equal }) => (
        <Mark tone={equal ? 'good' : 'bad'} look="plain">
          {t(equal ? 'receipt.same' : 'receipt.different')}
        </Mark>
      ),
    },
  ];
  return (
    <Card title={t('receipt.guids')} aside={t('receipt.guidsHow')} isFlush>
      <VirtualTable
        label={t('receipt.guids')}
        columns={columns}
        layout={styles.columns}
        items={sorted}
        keyOf={keyOf}
        rows={12}
        empty={t('ui.nothing')}
      />
    </Card>
  );
}

const keyOf = ({ name }: Row): string => name;
