import path from 'node:path';
import { openAnswers } from '../../src/monitoring/answersDatabase';
import { servedFolder } from '../../src/monitoring/readServed';
import { startDashboard } from '../../src/dashboard/startDashboard';
import { folderWith } from '../support/pictures';

test('the dashboard shows what is served while a server writes it, to those who know the token', async () => {
  const logs = path.join(await folderWith({}), 'logs');
  const dashboard = await startDashboard({ logs, port: 0 });
  const cookie = `smile-lab-dashboard-${dashboard.port}=${dashboard.token}`;
  const ask = (target: string, headers: Record<string, string> = { cookie }) =>
    fetch(`http://127.0.0.1:${dashboard.port}${target}`, { headers });
  try {
    expect((await ask('/api/served')).status).toBe(404);
    const database = openAnswers(servedFolder(logs));
    database.setModel('faces', '3', ['happy', 'sad']);
    const answer = {
      ...{ time: Date.now(), request: 'r', model: 'faces', version: '3' },
      ...{ class: 'happy', probability: 0.9, ms: 2000 },
      ...{ brightness: null, contrast: null, embedding: null, picture: null },
    };
    for (let count = 1; count <= 2; count++) {
      database.add(Array(50).fill(answer));
      const served = await (await ask('/api/served?minutes=15')).json();
      expect(served).toMatchObject({
        versions: [{ model: 'faces', version: '3', count: 50 * count }],
        alerts: [
          { version: 'faces@3', words: 'one of 20 requests takes more than 2.0 s' },
          { version: 'faces@3', words: 'nearly all pictures are taken for happy' },
        ],
      });
    }
    database.close();
    for (const target of ['/served.html', '/served.js', '/served.css']) {
      const response = await ask(target);
      expect([target, response.status]).toEqual([target, 200]);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    for (const target of ['/served.html', '/api/served']) {
      expect((await ask(target, {})).status).toBe(403);
    }
    for (const wrong of ['minutes=-1', 'minutes=x', 'minutes=999999999', 'minutes=1&minutes=2']) {
      expect((await ask(`/api/served?${wrong}`)).status).toBe(200);
    }
  } finally {
    await dashboard.close();
  }
});
