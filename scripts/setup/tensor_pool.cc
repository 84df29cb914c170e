// Gives the system back what lies free in the memory that TensorFlow keeps for tensors on the CPU. TensorFlow never does:
// what one training has needed would stay taken while the notebook is read.
#include <node_api.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <vector>

#include "xla/tsl/framework/allocator.h"

namespace {

constexpr size_t kLargest = size_t{256} << 20;
constexpr size_t kSmallest = size_t{1} << 20;

// Drops the whole pages of a block that nobody uses; false where none of them was in memory.
bool Drop(void* block, size_t size) {
  const uintptr_t page = sysconf(_SC_PAGESIZE);
  const uintptr_t start = (reinterpret_cast<uintptr_t>(block) + page - 1) / page * page;
  const uintptr_t end = (reinterpret_cast<uintptr_t>(block) + size) / page * page;
  if (start >= end) return false;
  std::vector<unsigned char> resident((end - start) / page);
  void* const first = reinterpret_cast<void*>(start);
  if (mincore(first, end - start, resident.data()) != 0) return false;
  bool any = false;
  for (const unsigned char each : resident) any = any || (each & 1) != 0;
  if (any) madvise(first, end - start, MADV_DONTNEED);
  return any;
}

// Nobody tells which blocks are free. But who asks for one gets a free one, the smallest that is large enough, and may do
// with it what he likes.
napi_value GiveBack(napi_env, napi_callback_info) {
  tsl::Allocator* const pool = tsl::cpu_allocator();
  std::vector<void*> held;
  for (size_t size = kLargest; size >= kSmallest; size = size / 5 * 4) {
    for (;;) {
      void* const block = pool->AllocateRaw(tsl::Allocator::kAllocatorAlignment, size);
      if (block == nullptr) break;
      if (!Drop(block, size)) {
        pool->DeallocateRaw(block);
        break;
      }
      held.push_back(block);
    }
  }
  for (void* const block : held) pool->DeallocateRaw(block);
  return nullptr;
}

napi_value Init(napi_env env, napi_value exports) {
  napi_value function;
  napi_create_function(env, "giveBack", NAPI_AUTO_LENGTH, GiveBack, nullptr, &function);
  napi_set_named_property(env, exports, "giveBack", function);
  return exports;
}

}  // namespace

NAPI_MODULE(tensor_pool, Init)
