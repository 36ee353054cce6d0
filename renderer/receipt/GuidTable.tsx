import { useTranslation } from 'react-i18next';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { Receipt } from '../../shared/model/run.ts';
import { Card } from '../ui/Card.tsx';
import { Mark } from '../ui/Mark.tsx';
import table from '../ui/table.module.css';

/** Every planned snapshot with its GUID as each side lists it now. */
export function GuidTable({
  snapshots,
  request,
}: {
  readonly snapshots: Receipt['snapshots'];
  readonly request: ReplicationRequest;
}) {
  const { t } = useTranslation();
  return (
    <Card title={t('receipt.guids')} aside={t('receipt.guidsHow')} isFlush>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('snapshots.snapshot')}</th>
            <th scope="col">{t('receipt.guidAt', { host: request.source.host })}</th>
            <th scope="col">{t('receipt.guidAt', { host: request.destination.host })}</th>
            <th scope="col">{t('receipt.equal')}</th>
          </tr>
        </thead>
        <tbody>
          {snapshots.map((snapshot) => (
            <tr key={snapshot.name}>
              <th scope="row" className={table.name}>
                {snapshot.name}
              </th>
              <td className={table.name}>{snapshot.sourceGuid ?? t('receipt.missing')}</td>
              <td className={table.name}>{snapshot.destinationGuid ?? t('receipt.missing')}</td>
              <td>
                <Mark tone={snapshot.equal ? 'good' : 'bad'} look="plain">
                  {t(snapshot.equal ? 'receipt.same' : 'receipt.different')}
                </Mark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
