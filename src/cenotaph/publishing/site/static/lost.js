// When a register outgrows one folder its pages move to shelves named after the end of their id. A printed address
// without the shelf then leads here, and from here to its page.
(function () {
  "use strict";
  var depth = Number(document.currentScript.dataset.depth);
  var found = /^(.*\/p\/)([0-9A-Za-z_-]+)\.html$/.exec(location.pathname);
  if (depth > 0 && found && !/\/p\/[^/]+\/[^/]+$/.test(location.pathname)) {
    location.replace(found[1] + found[2].slice(-depth) + "/" + found[2] + ".html" + location.search);
  }
})();
