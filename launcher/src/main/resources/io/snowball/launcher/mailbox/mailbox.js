'use strict';
const last = Number(document.body.dataset.last);

document.getElementById('clear')?.addEventListener('click', async () => {
  if (confirm('Throw away all mails?')) {
    await fetch('/api/messages', { method: 'DELETE' });
    location.href = '/';
  }
});

async function look() {
  try {
    const answer = await fetch('/api/messages?limit=1');
    const page = await answer.json();
    const fresh = page.last - last;
    if (fresh > 0 && page.total > 0) {
      announce(fresh);
    }
  } catch {
    // Snowball is down or restarting; the next look may find it again.
  }
}

function announce(fresh) {
  if (!document.querySelector('.mails')) {
    location.reload();
    return;
  }
  let news = document.querySelector('.news');
  if (!news) {
    news = document.createElement('a');
    news.className = 'news';
    news.href = '/';
    document.querySelector('main').prepend(news);
  }
  news.textContent = fresh === 1 ? 'One new mail' : fresh + ' new mails';
}

if (last >= 0) {
  setInterval(() => document.hidden || look(), 2000);
}
