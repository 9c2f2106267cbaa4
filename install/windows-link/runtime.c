// The few pieces of Microsoft's static C runtime that a NativeAOT library needs, for linking on Linux where that runtime is not at hand.
// On a Windows computer Microsoft's linker brings its own, and this file is not used.
//
// Everything heavier comes from DLLs that every Windows 10 has: malloc and the like from ucrtbase.dll through the SDK's import library,
// memcpy and the stack probe from ntdll.dll (ntdll.def).

typedef unsigned long long u64;
typedef unsigned int u32;
typedef void (*procedure)(void);
typedef int (*function)(void);
typedef void (*tls_callback)(void *module, u32 reason, void *reserved);

enum { process_detach = 0, process_attach = 1, thread_attach = 2 };

typedef struct { procedure *first, *last, *end; } exit_table;

__declspec(dllimport) void *malloc(u64 bytes);
__declspec(dllimport) void free(void *memory);
__declspec(dllimport) int _initialize_onexit_table(exit_table *table);
__declspec(dllimport) int _register_onexit_function(exit_table *table, function run);
__declspec(dllimport) int _execute_onexit_table(exit_table *table);

// ---- what the compiler refers to by name ----

int _fltused = 0;  // says that floating point is used

static exit_table at_exit;

int atexit(procedure run) { return _register_onexit_function(&at_exit, (function)run); }

// A call of a pure virtual function, an index out of range, a stack overrun: nothing can go on.
void _purecall(void) { __builtin_trap(); }
void __report_rangecheckfailure(void) { __builtin_trap(); }

u64 __security_cookie = 0x00002B992DDFA232;  // replaced at start
void __security_check_cookie(u64 cookie) { if (cookie != __security_cookie) __builtin_trap(); }

// Frames with a cookie register this handler; it has nothing to add to the search for another.
int __GSHandlerCheck(void *record, void *frame, void *context, void *dispatcher)
{
    (void)record, (void)frame, (void)context, (void)dispatcher;
    return 1;  // ExceptionContinueSearch
}

// ---- operator new and delete, by their decorated names ----

char nothrow __asm__("?nothrow@std@@3Unothrow_t@1@B") = 0;

void *new_object(u64 bytes, const void *tag) __asm__("??2@YAPEAX_KAEBUnothrow_t@std@@@Z");
void *new_object(u64 bytes, const void *tag) { (void)tag; return malloc(bytes); }

void *new_array(u64 bytes, const void *tag) __asm__("??_U@YAPEAX_KAEBUnothrow_t@std@@@Z");
void *new_array(u64 bytes, const void *tag) { (void)tag; return malloc(bytes); }

void delete_object(void *memory, u64 bytes) __asm__("??3@YAXPEAX_K@Z");
void delete_object(void *memory, u64 bytes) { (void)bytes; free(memory); }

void delete_array(void *memory) __asm__("??_V@YAXPEAX@Z");
void delete_array(void *memory) { free(memory); }

// ---- initialisers: the linker sorts these sections by name, so that each list lies between its first and last entry ----

#define IN_SECTION(name) __attribute__((section(name), used))

IN_SECTION(".CRT$XIA") static function c_first = 0;      // C initialisers, which may fail
IN_SECTION(".CRT$XIZ") static function c_last = 0;
IN_SECTION(".CRT$XCA") static procedure cpp_first = 0;   // C++ constructors
IN_SECTION(".CRT$XCZ") static procedure cpp_last = 0;
IN_SECTION(".CRT$XDA") static procedure thread_first = 0; // constructors of thread_local objects
IN_SECTION(".CRT$XDZ") static procedure thread_last = 0;

// Sections are padded with zeros, so entries may be empty. Volatile: the compiler must not conclude that a list of one variable ends there.
static void run_all(procedure *volatile first, procedure *volatile last)
{
    for (procedure *entry = first; entry < last; entry++)
        if (*entry)
            (*entry)();
}

static int run_all_unless_one_fails(function *volatile first, function *volatile last)
{
    for (function *entry = first; entry < last; entry++)
        if (*entry && (*entry)() != 0)
            return 0;
    return 1;
}

// ---- thread-local storage ----

u32 _tls_index;

IN_SECTION(".tls") static char tls_start = 0;
IN_SECTION(".tls$ZZZ") static char tls_end = 0;

__declspec(thread) char __tls_guard = 0;  // 1 when this thread's objects are made

void __dyn_tls_on_demand_init(void)
{
    if (__tls_guard)
        return;
    __tls_guard = 1;
    run_all(&thread_first + 1, &thread_last);
}

void __dyn_tls_init(void *module, u32 reason, void *reserved)
{
    (void)module, (void)reserved;
    if (reason == process_attach || reason == thread_attach)
        __dyn_tls_on_demand_init();
}

IN_SECTION(".CRT$XLA") static tls_callback tls_first = 0;
IN_SECTION(".CRT$XLC") static tls_callback tls_ours = __dyn_tls_init;
IN_SECTION(".CRT$XLZ") static tls_callback tls_last = 0;

// What the loader reads: IMAGE_TLS_DIRECTORY64.
typedef struct { const void *start, *end, *index, *callbacks; u32 zero_fill, characteristics; } tls_directory;

const tls_directory _tls_used = { &tls_start, &tls_end, &_tls_index, &tls_first + 1, 0, 0x300000 /* aligned to 4 */ };

// ---- control-flow guard: not in force in this build, so a guarded call is a plain jump ----

void guarded_jump(void) __asm__("guarded_jump");
__asm__(".text\n.globl guarded_jump\nguarded_jump:\n\tjmp *%rax\n");

IN_SECTION(".00cfg") procedure __guard_dispatch_icall_fptr = guarded_jump;

// ---- start and end of the library ----

int __stdcall DllMain(void *module, u32 reason, void *reserved);

// No stack protector in here: the cookie changes underneath.
int __stdcall _DllMainCRTStartup(void *module, u32 reason, void *reserved)
{
    if (reason == process_attach)
    {
        u64 mixed = __builtin_readcyclecounter() ^ (u64)&reason;
        __security_cookie = (__security_cookie ^ mixed) & 0x0000FFFFFFFFFFFF;  // the two highest bytes are zero, as in Microsoft's
        _initialize_onexit_table(&at_exit);
        if (!run_all_unless_one_fails(&c_first + 1, &c_last))
            return 0;
        run_all(&cpp_first + 1, &cpp_last);
    }
    int result = DllMain(module, reason, reserved);
    if (reason == process_detach)
        _execute_onexit_table(&at_exit);
    return result;
}
