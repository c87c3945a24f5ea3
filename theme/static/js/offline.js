/* Lets the browser keep what its reader has seen (NEWS_OFFLINE). Nothing happens where it cannot. */
if (navigator.serviceWorker && location.protocol !== "file:") navigator.serviceWorker.register(document.currentScript.dataset.worker).catch(() => {});
