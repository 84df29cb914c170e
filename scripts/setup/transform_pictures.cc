// The op SmileLabTransform: what TensorFlow's ImageProjectiveTransformV3 computes for pictures of float32 that keep their
// size, about ten times as fast on a CPU. That one works out anew for each channel where a pixel comes from, with two
// divisions, and asks of each of its four neighbours whether it lies inside; here this is done once a pixel.
//
// Source of the formulas: tensorflow/core/kernels/image/image_ops.h
#include <node_api.h>
#include <sched.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace {

constexpr char kName[] = "SmileLabTransform";
constexpr int kNumbers = 8;  // of a transformation, as tf.image.transform takes them
constexpr int64_t kValuesOfThread = 1 << 17;  // Fewer are not worth a thread.

enum class Fill { kConstant, kNearest, kReflect, kWrap };

struct Settings {
  Fill fill;
  bool bilinear;
};

struct Pictures {
  const float* from;
  float* to;
  int64_t count, height, width, channels;
  const float* transforms;
  int64_t transform_count;
  const float* filling;  // as many values as there are channels
};

// Also of what is no number, so that no place outside a picture is ever read.
float Clamp(float at, float most) { return at > 0 ? (at < most ? at : most) : 0; }

template <Fill fill>
float Map(float at, int64_t length) {
  const float last = length - 1;
  if (fill == Fill::kConstant || (at >= 0 && at <= last)) return at;
  if (fill == Fill::kNearest || length == 1) return Clamp(at, last);
  if (fill == Fill::kWrap) {
    const int64_t turns = std::abs(at) / last;
    return Clamp(at < 0 ? at + length * (turns + 1) : at - length * turns, last);
  }
  const int64_t twice = 2 * length;
  if (at < 0) {
    at += twice * static_cast<int64_t>(-at / twice);
    return Clamp(at < -length ? at + twice : -at - 1, last);
  }
  at -= twice * static_cast<int64_t>(at / twice);
  return Clamp(at >= length ? twice - at - 1 : at, last);
}

// A pixel's place in its picture, or in the filling.
const float* Read(const Pictures& all, const float* picture, int64_t y, int64_t x) {
  const bool inside = y >= 0 && y < all.height && x >= 0 && x < all.width;
  return inside ? picture + (y * all.width + x) * all.channels : all.filling;
}

template <bool bilinear>
void Sample(const Pictures& all, const float* picture, float y, float x, float* to) {
  // Beyond that there is no neighbour inside, and perhaps no int64_t for the place.
  const bool near = y > -1 && y < all.height && x > -1 && x < all.width;
  if (!near) return (void)std::copy_n(all.filling, all.channels, to);
  if (!bilinear) {
    const float* const pixel = Read(all, picture, std::lround(y), std::lround(x));
    return (void)std::copy_n(pixel, all.channels, to);
  }
  // From -1 on, which a conversion takes towards 0.
  const int64_t top = static_cast<int64_t>(y + 1) - 1, left = static_cast<int64_t>(x + 1) - 1;
  const float down = y - top, up = 1 - down, right = x - left, back = 1 - right;
  const float* const a = Read(all, picture, top, left);
  const float* const b = Read(all, picture, top, left + 1);
  const float* const c = Read(all, picture, top + 1, left);
  const float* const d = Read(all, picture, top + 1, left + 1);
  for (int64_t i = 0; i < all.channels; i++) {
    to[i] = up * (back * a[i] + right * b[i]) + down * (back * c[i] + right * d[i]);
  }
}

// All channels of a pixel at once; of three, the first of its neighbour to the right as well.
typedef float Pixel __attribute__((vector_size(16)));

Pixel Load(const float* from) {
  Pixel pixel;
  std::memcpy(&pixel, from, sizeof pixel);
  return pixel;
}

// In pieces whose sizes the compiler knows: by way of the stack a processor waits five times as long as for all the rest.
void Store(Pixel pixel, int64_t channels, float* to) {
  if (channels == 4) return (void)std::memcpy(to, &pixel, sizeof pixel);
  std::memcpy(to, &pixel, 2 * sizeof *to);
  to[2] = pixel[2];
}

// A picture that is turned is read across its rows, which the processor does not foresee.
void Fetch(const float* picture, int64_t size) {
  for (int64_t i = 0; i < size; i += 16) __builtin_prefetch(picture + i, 0, 2);
}

// Where the pixels of a row come from. Each step is a loop of its own, so that the compiler takes many pixels at once.
struct Row {
  explicit Row(int64_t width)
      : x(width), y(width), right(width), down(width), place(width) {}

  std::vector<float> x, y;          // in the picture
  std::vector<float> right, down;   // from the neighbour at the upper left
  std::vector<int32_t> place;       // of that one among the picture's values, or kAtEdge
};

constexpr int32_t kAtEdge = -1;

void FindOrigins(const float* t, int row, int width, float* x, float* y) {
  const float x_of_row = t[1] * row, y_of_row = t[4] * row;
  for (int i = 0; i < width; i++) {
    x[i] = t[0] * i + x_of_row + t[2];
    y[i] = t[3] * i + y_of_row + t[5];
  }
  if (t[6] == 0 && t[7] == 0) return;
  for (int i = 0; i < width; i++) {
    const float projection = t[6] * i + t[7] * row + 1;
    // Infinitely far away there is nothing: no number stands for the filling.
    x[i] = projection == 0 ? NAN : x[i] / projection;
    y[i] = projection == 0 ? NAN : y[i] / projection;
  }
}

template <Fill fill>
void MapOrigins(const Pictures& all, bool straight, float* x, float* y) {
  if (fill == Fill::kConstant) return;
  const float last_x = all.width - 1, last_y = all.height - 1;
  const auto is_inside = [&](int64_t i) {
    return x[i] >= 0 && x[i] <= last_x && y[i] >= 0 && y[i] <= last_y;
  };
  const auto map = [&](int64_t i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) return;
    x[i] = Map<fill>(x[i], all.width);
    y[i] = Map<fill>(y[i], all.height);
  };
  int64_t begin = 0, end = all.width;
  // Of a straight line one stretch lies inside.
  while (begin < end && !(straight && is_inside(begin))) map(begin++);
  while (begin < end && !is_inside(end - 1)) map(--end);
}

// Which pixels have four neighbours, of which none is the picture's last: behind that one there may be no memory.
void FindNeighbours(const Pictures& all, const float* x, const float* y, Row* row) {
  const int channels = all.channels, row_size = all.width * channels;
  const int most_left = all.width - 2, most_top = all.height - 2;
  const float last_x = all.width - 1, last_y = all.height - 1;
  float* const rights = row->right.data();
  float* const downs = row->down.data();
  int32_t* const places = row->place.data();
  for (int i = 0; i < all.width; i++) {
    const bool inside = (x[i] >= 0) & (x[i] <= last_x) & (y[i] >= 0) & (y[i] <= last_y);
    const float at_x = inside ? x[i] : last_x, at_y = inside ? y[i] : last_y;
    const int left = std::min(static_cast<int>(at_x), most_left);
    const int top = std::min(static_cast<int>(at_y), most_top);
    rights[i] = at_x - left;
    downs[i] = at_y - top;
    const bool last = (left == most_left) & (top == most_top);
    places[i] = last ? kAtEdge : top * row_size + left * channels;
  }
}

// Rows of all pictures, one below the other.
template <Fill fill, bool bilinear>
void TransformRows(const Pictures& all, int64_t begin, int64_t end) {
  const int64_t channels = all.channels, row_size = all.width * channels;
  const int64_t size = all.height * row_size;
  const bool fits_pixel = bilinear && all.width > 1 && all.height > 1 && size < INT32_MAX &&
                          (channels == 3 || channels == 4);
  Row row(all.width);
  float* const x = row.x.data();
  float* const y = row.y.data();
  float* to = all.to + begin * row_size;
  for (int64_t index = begin; index < end; index++) {
    const int64_t n = index / all.height, in_picture = index % all.height;
    const float* const picture = all.from + n * size;
    const float* const t = all.transforms + (all.transform_count == 1 ? 0 : n) * kNumbers;
    if (index == begin || in_picture == 0) Fetch(picture, size);
    FindOrigins(t, in_picture, all.width, x, y);
    MapOrigins<fill>(all, t[6] == 0 && t[7] == 0, x, y);
    if (fits_pixel) FindNeighbours(all, x, y, &row);
    for (int64_t i = 0; i < all.width; i++, to += channels) {
      if (!fits_pixel || row.place[i] == kAtEdge) {
        Sample<bilinear>(all, picture, y[i], x[i], to);
        continue;
      }
      const float* const a = picture + row.place[i];
      const float* const c = a + row_size;
      const float right = row.right[i], down = row.down[i];
      const Pixel upper = Load(a) + right * (Load(a + channels) - Load(a));
      const Pixel lower = Load(c) + right * (Load(c + channels) - Load(c));
      const Pixel pixel = upper + down * (lower - upper);
      Store(pixel, channels, to);
    }
  }
}

template <bool bilinear>
void TransformRows(Fill fill, const Pictures& all, int64_t begin, int64_t end) {
  switch (fill) {
    case Fill::kConstant: return TransformRows<Fill::kConstant, bilinear>(all, begin, end);
    case Fill::kNearest: return TransformRows<Fill::kNearest, bilinear>(all, begin, end);
    case Fill::kReflect: return TransformRows<Fill::kReflect, bilinear>(all, begin, end);
    case Fill::kWrap: return TransformRows<Fill::kWrap, bilinear>(all, begin, end);
  }
}

// As many as TensorFlow takes for one op.
int64_t ThreadCount() {
  const char* const asked = std::getenv("TF_NUM_INTRAOP_THREADS");
  if (asked != nullptr && std::atoi(asked) > 0) return std::atoi(asked);
  cpu_set_t usable;
  const bool known = sched_getaffinity(0, sizeof usable, &usable) == 0;
  return known ? CPU_COUNT(&usable) : 1;
}

void Transform(const Settings& settings, const Pictures& all) {
  static const int64_t threads = ThreadCount();
  const int64_t rows = all.count * all.height;
  const int64_t worth = rows * all.width * all.channels / kValuesOfThread;
  const int64_t parts = std::max<int64_t>(1, std::min({threads, worth, rows}));
  const auto run = [&](int64_t part) {
    const int64_t begin = rows * part / parts, end = rows * (part + 1) / parts;
    settings.bilinear ? TransformRows<true>(settings.fill, all, begin, end)
                      : TransformRows<false>(settings.fill, all, begin, end);
  };
  std::vector<std::thread> others;
  for (int64_t part = 1; part < parts; part++) others.emplace_back(run, part);
  run(0);
  for (std::thread& other : others) other.join();
}

// Lets go of what the C interface hands out.
struct Held {
  TF_Tensor* tensor = nullptr;
  ~Held() {
    if (tensor != nullptr) TF_DeleteTensor(tensor);
  }
};

void* Create(TF_OpKernelConstruction* construction) {
  TF_Status* const status = TF_NewStatus();
  char fill[16] = "", interpolation[16] = "";
  TF_OpKernelConstruction_GetAttrString(construction, "fill_mode", fill, sizeof fill, status);
  TF_OpKernelConstruction_GetAttrString(construction, "interpolation", interpolation,
                                        sizeof interpolation, status);
  TF_DeleteStatus(status);
  // The string that is handed out does not end by itself.
  const auto is = [](const char* text, const char* word) {
    return std::strncmp(text, word, std::strlen(word)) == 0;
  };
  return new Settings{is(fill, "NEAREST")   ? Fill::kNearest
                      : is(fill, "REFLECT") ? Fill::kReflect
                      : is(fill, "WRAP")    ? Fill::kWrap
                                            : Fill::kConstant,
                      is(interpolation, "BILINEAR")};
}

void Compute(void* settings, TF_OpKernelContext* context) {
  TF_Status* const status = TF_NewStatus();
  Held images, transforms, value, output;
  TF_GetInput(context, 0, &images.tensor, status);
  TF_GetInput(context, 1, &transforms.tensor, status);
  TF_GetInput(context, 2, &value.tensor, status);
  const bool fits = TF_NumDims(images.tensor) == 4 && TF_NumDims(transforms.tensor) == 2 &&
                    TF_Dim(transforms.tensor, 1) == kNumbers && TF_NumDims(value.tensor) == 0 &&
                    (TF_Dim(transforms.tensor, 0) == 1 ||
                     TF_Dim(transforms.tensor, 0) == TF_Dim(images.tensor, 0));
  if (!fits) {
    TF_SetStatus(status, TF_INVALID_ARGUMENT,
                 "Pictures [n, height, width, channels], transforms [n, 8] and a fill value are required");
    TF_OpKernelContext_Failure(context, status);
    TF_DeleteStatus(status);
    return;
  }
  int64_t shape[4];
  for (int i = 0; i < 4; i++) shape[i] = TF_Dim(images.tensor, i);
  output.tensor = TF_AllocateOutput(context, 0, TF_FLOAT, shape, 4,
                                    TF_TensorByteSize(images.tensor), status);
  const std::vector<float> filling(shape[3], *static_cast<float*>(TF_TensorData(value.tensor)));
  Transform(*static_cast<Settings*>(settings),
            {static_cast<float*>(TF_TensorData(images.tensor)),
             static_cast<float*>(TF_TensorData(output.tensor)), shape[0], shape[1], shape[2], shape[3],
             static_cast<float*>(TF_TensorData(transforms.tensor)), TF_Dim(transforms.tensor, 0),
             filling.data()});
  TF_DeleteStatus(status);
}

void Delete(void* settings) { delete static_cast<Settings*>(settings); }

void InferShape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeHandle* const shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, 0, shape, status);
  TF_ShapeInferenceContextSetOutput(context, 0, shape, status);
  TF_DeleteShapeHandle(shape);
}

// TensorFlow would refuse a second one, as where another realm of JavaScript loads this, too.
bool Register() {
  TF_Status* const status = TF_NewStatus();
  TF_OpDefinitionBuilder* const op = TF_NewOpDefinitionBuilder(kName);
  for (const char* input : {"images: float", "transforms: float", "fill_value: float"}) {
    TF_OpDefinitionBuilderAddInput(op, input);
  }
  TF_OpDefinitionBuilderAddOutput(op, "transformed: float");
  TF_OpDefinitionBuilderAddAttr(op, "interpolation: {'NEAREST', 'BILINEAR'}");
  TF_OpDefinitionBuilderAddAttr(op, "fill_mode: {'CONSTANT', 'NEAREST', 'REFLECT', 'WRAP'}");
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, InferShape);
  TF_RegisterOpDefinition(op, status);
  if (TF_GetCode(status) == TF_OK) {
    TF_KernelBuilder* const kernel = TF_NewKernelBuilder(kName, "CPU", Create, Compute, Delete);
    TF_RegisterKernelBuilder(kName, kernel, status);
  }
  const bool registered = TF_GetCode(status) == TF_OK;
  TF_DeleteStatus(status);
  return registered;
}

napi_value Init(napi_env env, napi_value exports) {
  static const bool registered = Register();
  if (!registered) napi_throw_error(env, nullptr, "TensorFlow refuses the op SmileLabTransform");
  return exports;
}

}  // namespace

NAPI_MODULE(transform_pictures, Init)
