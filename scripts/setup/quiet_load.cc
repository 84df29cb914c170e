// Loads TensorFlow's library while standard error leads nowhere. It writes two lines there as soon as it is loaded,
// before it reads TF_CPP_MIN_LOG_LEVEL (tensorflow issue 100442). Loaded once, it is not loaded again by tfjs's addon.
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

static napi_value Init(napi_env env, napi_value exports) {
  const int standard_error = dup(STDERR_FILENO);
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDERR_FILENO);
  const bool loaded = dlopen(TENSORFLOW_LIBRARY, RTLD_LAZY) != nullptr;
  dup2(standard_error, STDERR_FILENO);
  close(nowhere);
  close(standard_error);
  if (!loaded) napi_throw_error(env, nullptr, dlerror());
  return exports;
}

NAPI_MODULE(quiet_load, Init)
