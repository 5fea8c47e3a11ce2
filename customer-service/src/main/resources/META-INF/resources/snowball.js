/*
 * Snowball on a web page:
 *
 *   <script src="https://crm.example.ru/snowball.js" async></script>
 *   snowball.allow()                              the visitor agrees to the cookie; before, nothing is stored and nothing is sent
 *   snowball.track('product_view', {sku: 'A-1'})  something happened
 *   snowball.visitorId()                          for the shop's server, which links it to the customer on login:
 *                                                 POST /api/v1/visitor-links {"visitorId": …, "customerExternalId": …}
 *   snowball.forget()                             the visitor no longer agrees
 *
 * Calls made before the script is there: window.snowball = window.snowball || []; snowball.push(['track', 'search', {query: '…'}])
 */
(function () {
  'use strict';
  var COOKIE = 'snowball_id', YEAR = 31536000, MAX_BATCH = 20, DELAY_MS = 1000;
  var target = new URL('/w/events', document.currentScript.src).href;
  var waiting = [], timer = null, early = Array.isArray(window.snowball) ? window.snowball : [];

  function visitorId() {
    var found = document.cookie.match(/(?:^|; )snowball_id=([0-9a-f-]{36})/);
    return found ? found[1] : null;
  }

  function uuid() {
    var b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    var hex = Array.prototype.map.call(b, function (x) { return (x + 256).toString(16).slice(1); }).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  function setCookie(value, age) {
    document.cookie = COOKIE + '=' + value + ';path=/;max-age=' + age + ';SameSite=Lax' +
      (location.protocol === 'https:' ? ';Secure' : '');
  }

  function flush() {
    timer = null;
    var visitor = visitorId();
    while (visitor && waiting.length) {
      var body = JSON.stringify({visitorId: visitor, events: waiting.splice(0, MAX_BATCH)});
      // text/plain, so that the browser asks no leave of the other origin first.
      if (!navigator.sendBeacon || !navigator.sendBeacon(target, new Blob([body], {type: 'text/plain'}))) {
        fetch(target, {method: 'POST', body: body, keepalive: true, mode: 'no-cors', credentials: 'omit'}).catch(function () {});
      }
    }
  }

  function track(type, properties) {
    if (!visitorId()) return;
    waiting.push({id: uuid(), type: type, occurredAt: new Date().toISOString(), properties: properties || {}});
    timer = timer || setTimeout(flush, DELAY_MS);
  }

  // Without what is behind the question mark: addresses carry names, e-mails and tokens there.
  function plain(url) {
    return url ? url.split(/[?#]/)[0].slice(0, 2000) : undefined;
  }

  function pageView() {
    track('page_view', {url: plain(location.href), title: document.title.slice(0, 500) || undefined, referrer: plain(document.referrer)});
  }

  function allow() {
    if (visitorId()) return;
    setCookie(uuid(), YEAR);
    pageView();
  }

  function forget() {
    waiting = [];
    setCookie('', 0);
  }

  var api = {allow: allow, forget: forget, track: track, visitorId: visitorId};
  api.push = function (call) { api[call[0]].apply(null, call.slice(1)); };
  window.snowball = api;
  addEventListener('pagehide', flush);
  pageView();
  early.forEach(api.push);
})();
