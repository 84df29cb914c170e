// Gives memory back to the system that this process holds and does not need; without effect on what it computes.
#include <link.h>
#include <malloc.h>
#include <node_api.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

// Of TensorFlow's library, what is never written: loading it reads most of these pages once, its symbols and the places
// to be relocated above all. They are read again from the file where somebody needs them.
static int DropReadOnly(dl_phdr_info* library, size_t, void*) {
  if (strstr(library->dlpi_name, "libtensorflow") == nullptr) return 0;
  const uintptr_t page = sysconf(_SC_PAGESIZE);
  for (int i = 0; i < library->dlpi_phnum; i++) {
    const auto& part = library->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_W) != 0) continue;
    const uintptr_t start = (library->dlpi_addr + part.p_vaddr + page - 1) / page * page;
    const uintptr_t end = (library->dlpi_addr + part.p_vaddr + part.p_filesz) / page * page;
    if (start < end) madvise(reinterpret_cast<void*>(start), end - start, MADV_DONTNEED);
  }
  return 0;
}

static napi_value DropLibrary(napi_env, napi_callback_info) {
  dl_iterate_phdr(DropReadOnly, nullptr);
  return nullptr;
}

// What was freed stays with the C library otherwise, in each of the heaps that it makes for threads.
static napi_value Trim(napi_env, napi_callback_info) {
  malloc_trim(0);
  return nullptr;
}

static napi_value Init(napi_env env, napi_value exports) {
  // Large blocks go back to the system as soon as they are freed; the C library would raise this limit to 32 MB by itself.
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  // A heap for two threads each, not eight for each processor: what one of them has freed the others can use.
  const napi_property_descriptor functions[] = {
      {"dropLibrary", nullptr, DropLibrary, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"trim", nullptr, Trim, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 2, functions);
  return exports;
}

NAPI_MODULE(process_memory, Init)
