// Nothing listens on port 9: every connection is refused.
const nowhere = 'http://127.0.0.1:9';

/** The environment of a machine that no package registry can be reached from. */
const unreachable = {
  ...{ HTTPS_PROXY: nowhere, https_proxy: nowhere, HTTP_PROXY: nowhere, http_proxy: nowhere },
  PIP_FIND_LINKS: '',
};

module.exports = { nowhere, unreachable };
