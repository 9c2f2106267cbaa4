// A program that loads the plugin as SerialEM does, and calls what it is told to. Built by build-probe.sh, run under Wine by the tests.
//   probe.exe DLL          then, from standard input, one call a line:
//   NAME value value text  calls it by its declared form and prints its return value and results
//   bench N NAME value …   calls it N times and prints microseconds: p50, p99, worst
// It prints "loaded" with the milliseconds that loading took, one line for each function, then one for each call.

typedef unsigned long long u64;

__declspec(dllimport) void *LoadLibraryA(const char *path);
__declspec(dllimport) void *GetProcAddress(void *module, const char *name);
__declspec(dllimport) unsigned GetLastError(void);
__declspec(dllimport) int QueryPerformanceCounter(u64 *count);
__declspec(dllimport) int QueryPerformanceFrequency(u64 *perSecond);
__declspec(dllimport) void ExitProcess(unsigned code);

__declspec(dllimport) int printf(const char *format, ...);
__declspec(dllimport) int getchar(void);
__declspec(dllimport) int fflush(void *stream);
__declspec(dllimport) double atof(const char *text);
__declspec(dllimport) int atoi(const char *text);
__declspec(dllimport) int strcmp(const char *a, const char *b);
__declspec(dllimport) char *strtok(char *text, const char *delimiters);
__declspec(dllimport) void qsort(void *items, u64 count, u64 size, int (*compare)(const void *, const void *));
__declspec(dllimport) int __getmainargs(int *count, char ***arguments, char ***environment, int wildcards, int *startup);

int _fltused = 0;

enum { MOST_FUNCTIONS = 100, MOST_VALUES = 6, MOST_CALLS = 20000, LINE = 8192 };

typedef struct { const char *name; int ints, doubles, string; void *entry; } call_info;

static call_info functions[MOST_FUNCTIONS];
static int count;
static double perSecond;
static double times[MOST_CALLS];
static char line[LINE];

static u64 now(void)
{
    u64 ticks;
    QueryPerformanceCounter(&ticks);
    return ticks;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The forms that SerialEM knows; -999 for one that it would refuse.
static double call(const call_info *f, const int *i, const double *d, const char *text, double *out, const char **answer)
{
    void *e = f->entry;
    if (f->string == -1 && f->ints == 0 && f->doubles == 3)
        return ((double (*)(double *, double *, double *))e)(out, out + 1, out + 2);
    if (f->string == 2 && f->ints == 0 && f->doubles == 3)
        return ((double (*)(double, double, double, const char *, const char **))e)(d[0], d[1], d[2], text, answer);
    if (f->string == 1 && f->ints == 0 && f->doubles == 0)
        return ((double (*)(const char *))e)(text);
    if (f->string != 0)
        return -999;
    if (f->doubles == 0)
        switch (f->ints)
        {
        case 0: return ((double (*)(void))e)();
        case 1: return ((double (*)(int))e)(i[0]);
        case 2: return ((double (*)(int, int))e)(i[0], i[1]);
        case 3: return ((double (*)(int, int, int))e)(i[0], i[1], i[2]);
        }
    if (f->ints == 0)
        switch (f->doubles)
        {
        case 1: return ((double (*)(double))e)(d[0]);
        case 2: return ((double (*)(double, double))e)(d[0], d[1]);
        case 3: return ((double (*)(double, double, double))e)(d[0], d[1], d[2]);
        case 4: return ((double (*)(double, double, double, double))e)(d[0], d[1], d[2], d[3]);
        }
    return -999;
}

static void run(char *command)
{
    int i[MOST_VALUES] = {0}, repeat = 1, bench = 0;
    double d[MOST_VALUES] = {0}, out[3] = {0}, result = 0;
    const char *answer = 0, *text = 0;
    char *name = strtok(command, " ");
    if (name && strcmp(name, "bench") == 0)
    {
        bench = 1;
        repeat = atoi(strtok(0, " "));
        if (repeat > MOST_CALLS)
            repeat = MOST_CALLS;
        name = strtok(0, " ");
    }
    const call_info *f = 0;
    for (int n = 0; name && n < count; n++)
        if (strcmp(functions[n].name, name) == 0)
            f = &functions[n];
    if (!f)
    {
        printf("no function\n");
        return;
    }
    int values = f->string < 0 ? 0 : f->ints + f->doubles;
    for (int n = 0; n < values; n++)
    {
        char *word = strtok(0, " ");
        i[n] = word ? atoi(word) : 0;
        d[n] = word ? atof(word) : 0;
    }
    if (f->string > 0)
        text = strtok(0, "\n");
    for (int n = 0; n < repeat; n++)
    {
        u64 start = now();
        result = call(f, i, d, text, out, &answer);
        times[n] = (double)(now() - start) / perSecond * 1e6;
    }
    if (bench)
    {
        qsort(times, (u64)repeat, sizeof(double), ascending);
        printf("%s %g us %.1f %.1f %.1f\n", name, result, times[repeat / 2], times[(int)(repeat * 0.99)], times[repeat - 1]);
    }
    else
        printf("%s %g %.10g %.10g %.10g us %.1f|%s\n", name, result, out[0], out[1], out[2], times[0], answer ? answer : "");
}

void start(void)
{
    int argc, startup = 0, flags = 0, length = 0;
    char **argv, **environment;
    const char *name;
    u64 ticks;
    __getmainargs(&argc, &argv, &environment, 0, &startup);
    QueryPerformanceFrequency(&ticks);
    perSecond = (double)ticks;
    u64 before = now();
    void *module = argc > 1 ? LoadLibraryA(argv[1]) : 0;
    double milliseconds = (double)(now() - before) / perSecond * 1e3;
    if (!module)
    {
        printf("cannot load, error %u\n", GetLastError());
        ExitProcess(1);
    }
    int (*info)(const char **, int *, int *) = (int (*)(const char **, int *, int *))GetProcAddress(module, "SEMPluginInfo");
    int (*each)(int, const char **, int *, int *, int *) = (int (*)(int, const char **, int *, int *, int *))GetProcAddress(module, "SEMCallInfo");
    if (!info || !each || info(&name, &flags, &count) != 0 || count > MOST_FUNCTIONS)
    {
        printf("no plugin\n");
        ExitProcess(1);
    }
    printf("loaded %s flags %d functions %d ms %.2f\n", name, flags, count, milliseconds);
    for (int n = 0; n < count; n++)
    {
        call_info *f = &functions[n];
        int failed = each(n, &f->name, &f->ints, &f->doubles, &f->string);
        f->entry = failed ? 0 : GetProcAddress(module, f->name);
        printf("function %s %d %d %d %s\n", f->name, f->ints, f->doubles, f->string, f->entry ? "found" : "missing");
        if (!f->entry)
            ExitProcess(1);
    }
    printf("out of range %d, no pointer %d\n", each(count, &name, &flags, &flags, &flags), info(0, 0, 0));
    fflush(0);
    for (int c = getchar(); c >= 0; c = getchar())
    {
        if (c == '\r')
            continue;
        if (c != '\n' && length < LINE - 1)
        {
            line[length++] = (char)c;
            continue;
        }
        line[length] = 0;
        length = 0;
        run(line);
        fflush(0);
    }
    ExitProcess(0);
}
