/* The plugin door: the one symbol a plugin exports, `accrue_plugin`, in plain C. The daemon reads
 * this data before it calls any code of the plugin and refuses it when anything differs. Fields are
 * only ever appended; any change to a header of this folder raises ACCRUE_PLUGIN_ABI (a test
 * compares abi.lock). */
#ifndef ACCRUE_PLUGIN_ABI_H
#define ACCRUE_PLUGIN_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ACCRUE_PLUGIN_MAGIC 0x41434352u /* "ACCR" */
#define ACCRUE_PLUGIN_ABI 1u

enum accrue_plugin_kind {
  ACCRUE_FEED = 1,
  ACCRUE_CODEC = 2,
  ACCRUE_RULE = 3,
  ACCRUE_NOTIFIER = 4
};

enum accrue_setting_type {
  ACCRUE_TEXT = 1,
  ACCRUE_INTEGER = 2,
  ACCRUE_DECIMAL = 3,
  ACCRUE_BOOLEAN = 4,
  ACCRUE_PERIOD = 5,   /* "12 months", "30 days" */
  ACCRUE_TEXTS = 6,    /* a list of text, or one text */
  ACCRUE_PERIODS = 7,  /* a list of periods, or one */
  ACCRUE_ITEMS = 8,    /* { sku: [...], category: [...] } */
  ACCRUE_MAP = 9,      /* a mapping of text to text */
  ACCRUE_CHOICE = 10   /* one of the words in `choices` */
};

/* One setting a plugin takes. */
struct accrue_setting {
  const char* owner;         /* rule type it belongs to; "" for feeds, codecs and notifiers */
  const char* key;           /* "award"; a dot for a nested mapping: "offer.valid" */
  uint32_t type;             /* enum accrue_setting_type */
  uint32_t required;         /* 1: must be written */
  const char* default_value; /* as it would be written; "" for none */
  const char* choices;       /* "down|nearest|up": ACCRUE_CHOICE only, otherwise "" */
  const char* unit;          /* "points", "currency units" …, or "" */
  const char* help;          /* one sentence */
  int64_t minimum;           /* ACCRUE_INTEGER, ACCRUE_DECIMAL: inclusive bounds in whole units; */
  int64_t maximum;           /* equal when there are none */
};

struct accrue_plugin_door {
  uint32_t magic;
  uint32_t abi;
  uint32_t struct_size; /* sizeof(struct accrue_plugin_door) */
  uint32_t kind;        /* enum accrue_plugin_kind */
  const char* fingerprint; /* compiler, standard library, Boost: must equal the daemon's */
  const char* name;
  const char* version;
  const char* summary;
  const struct accrue_setting* settings;
  size_t settings_count;
  /* The object of the kind's contract class, or NULL with a sentence in error. `context` is an
   * accrue::PluginContext that outlives the object. */
  void* (*create)(const void* context, char* error, size_t error_size);
  void (*destroy)(void* object);
};

#ifdef __cplusplus
}
#endif

#endif
