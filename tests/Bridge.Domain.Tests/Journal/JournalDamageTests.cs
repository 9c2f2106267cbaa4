using System.Diagnostics;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Testing;
using Newtonsoft.Json.Linq;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Journal;

[TestClass]
public sealed class JournalDamageTests
{
    [TestMethod]
    public void Open_CutAtEveryByte_KeepsEveryWholeLineAndPutsTheRestAside()
    {
        using var folder = new TempFolder();
        string path = SessionJournalTests.Make(folder, 2);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length <= whole.Length; length++)
        {
            string cut = folder.Write($"{length}.jsonl", whole.AsSpan(0, length));
            int lines = whole.AsSpan(0, length).Count((byte)'\n');
            int good = whole.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;

            Assert.HasCount(lines, JournalReader.Read(cut), $"read, cut at {length}");
            using (SessionJournal journal = SessionJournal.Open(cut))
            {
                Assert.AreEqual(lines, journal.LastSeq, $"cut at {length}");
                if (good == length)
                    Assert.IsNull(journal.TornPath);
                else
                    CollectionAssert.AreEqual(whole[good..length], File.ReadAllBytes(journal.TornPath!));
                journal.Append("after", []);
            }
            CollectionAssert.AreEqual(whole[..good], File.ReadAllBytes(cut)[..good]);
            Assert.AreEqual("after", JournalReader.Read(cut).Last().Event);
        }
    }

    [TestMethod]
    public void Open_TornTwice_KeepsBothRests()
    {
        using var folder = new TempFolder();
        string path = folder.Write("s.jsonl", "first"u8);
        using (SessionJournal journal = SessionJournal.Open(path))
            Assert.AreEqual(path + ".torn", journal.TornPath);
        File.WriteAllText(path, "second");

        using SessionJournal again = SessionJournal.Open(path);

        Assert.AreEqual("first", File.ReadAllText(path + ".torn"));
        Assert.AreEqual("second", File.ReadAllText(again.TornPath!));
    }

    [TestMethod]
    public void Read_AnyBitFlipped_IsNoticed()
    {
        using var folder = new TempFolder();
        byte[] bytes = File.ReadAllBytes(SessionJournalTests.Make(folder, 2));
        string path = folder.File("flipped.jsonl");
        for (int i = 0; i < bytes.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] flipped = [.. bytes];
                flipped[i] ^= (byte)(1 << bit);
                File.WriteAllBytes(path, flipped);

                if (i == bytes.Length - 1)
                    Assert.HasCount(2, JournalReader.Read(path), "the last line feed: the line is whole");
                else
                    Of(FaultCode.JournalCorrupt, () => JournalReader.Read(path).Count(), $"line {bytes.AsSpan(0, i).Count((byte)'\n') + 1}:");
            }
        }
    }

    [TestMethod]
    public void Open_LastLineFeedDamaged_LosesNoAnsweredEvent()
    {
        using var folder = new TempFolder();
        byte[] whole = File.ReadAllBytes(SessionJournalTests.Make(folder, 3));
        for (int bit = 0; bit < 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[^1] ^= (byte)(1 << bit);
            string path = folder.Write($"feed-{bit}.jsonl", flipped);

            using (SessionJournal journal = SessionJournal.Open(path))
            {
                Assert.IsNull(journal.TornPath);
                Assert.AreEqual(4, journal.Append("after", []));
            }
            CollectionAssert.AreEqual(whole, File.ReadAllBytes(path)[..whole.Length]);
        }
    }

    [TestMethod]
    public void Open_DamagedLine_IsRefusedByNumberAndTheFileIsLeftAsItIs()
    {
        using var folder = new TempFolder();
        string path = SessionJournalTests.Make(folder, 3);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^30] ^= 1;
        byte[] damaged = [.. bytes, .. "torn"u8];
        File.WriteAllBytes(path, damaged);

        Of(FaultCode.JournalCorrupt, () => SessionJournal.Open(path), "s.jsonl line 3", "check sum");

        CollectionAssert.AreEqual(damaged, File.ReadAllBytes(path));
        Of(FaultCode.JournalCorrupt, () => SessionJournal.Open(path), "line 3");  // the lock was given back
    }

    [TestMethod]
    [DataRow("1,2,4", 3, "4 where 3")]
    [DataRow("1,2,2", 3, "2 where 3")]
    [DataRow("2", 1, "2 where 1")]
    [DataRow("0", 1, "0 where 1")]
    public void Read_GapOrRepeat_IsRefusedByNumber(string sequence, int line, string word)
    {
        using var folder = new TempFolder();
        string path = WriteLines(folder, sequence.Split(',').Select(seq => $"{{\"seq\":{seq},\"utc\":\"2026-01-31T12:00:00.000000Z\",\"event\":\"a\""));

        Of(FaultCode.JournalCorrupt, () => JournalReader.Read(path).Count(), $"line {line}:", word);
    }

    [TestMethod]
    [DataRow("{\"seq\":1,\"utc\":\"2026-01-31T12:00:00.000000Z\"")]
    [DataRow("{\"seq\":\"1\",\"utc\":\"2026-01-31T12:00:00.000000Z\",\"event\":\"a\"")]
    [DataRow("{\"seq\":1,\"utc\":\"yesterday\",\"event\":\"a\"")]
    [DataRow("{\"seq\":1,\"seq\":1,\"utc\":\"2026-01-31T12:00:00.000000Z\",\"event\":\"a\"")]
    [DataRow("[{\"seq\":1")]
    [DataRow("")]
    public void Read_RightCheckSumOverNoEvent_IsRefused(string body)
    {
        using var folder = new TempFolder();
        string path = WriteLines(folder, [body]);

        Of(FaultCode.JournalCorrupt, () => JournalReader.Read(path).Count(), "line 1:");
    }

    [TestMethod]
    public void Read_RandomBytes_OnlyEverRefuses()
    {
        using var folder = new TempFolder();
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            string path = folder.Write("random.jsonl", bytes);

            if (bytes.Contains((byte)'\n'))
                Of(FaultCode.JournalCorrupt, () => JournalReader.Read(path).Count(), "line 1:");
            else
                Assert.IsEmpty(JournalReader.Read(path));
        }
    }

    [TestMethod]
    public void Open_HundredThousandLines_StaysInBoundedMemory()
    {
        using var folder = new TempFolder();
        string path = folder.File("long.jsonl");
        var line = new JournalLine();
        using (FileStream stream = File.Create(path))
        {
            for (int i = 1; i <= 100_000; i++)
                stream.Write(line.Format(i, DateTimeOffset.UnixEpoch, "visit", new JObject { ["item"] = i, ["text"] = new string('x', 200) }));
        }

        long most = 0;
        using SessionJournal journal = SessionJournal.Open(path, entry =>
        {
            if (entry.Seq % 10_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        });

        Assert.AreEqual(100_000, journal.LastSeq);
        Assert.IsLessThan(new FileInfo(path).Length, most, "the file does not fit into the memory that was in use");
    }

    [TestMethod]
    public void Append_RealFullDisk_IsRefusedAndWorksAgainWhenThereIsRoom()
    {
        using var folder = new TempFolder();
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.Path) != 0)
            Assert.Inconclusive("a small file system cannot be mounted here (it needs Linux and root)");
        try
        {
            string ballast = folder.Write("ballast", new byte[32 * 1024]);
            using SessionJournal journal = SessionJournal.Create(folder.File("s.jsonl"));
            var payload = new JObject { ["text"] = new string('x', 3000) };
            long kept = 0;
            Of(FaultCode.JournalUnwritable, () =>
            {
                while (kept < 100)
                    kept = journal.Append("fill", payload);
            });
            Assert.HasCount((int)kept, JournalReader.Read(journal.Path));

            File.Delete(ballast);
            Assert.AreEqual(kept + 1, journal.Append("room again", payload));
            Assert.HasCount((int)kept + 1, JournalReader.Read(journal.Path));
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    private static string WriteLines(TempFolder folder, IEnumerable<string> bodies)
        => folder.Write("made.jsonl", Encoding.ASCII.GetBytes(string.Concat(bodies.Select(body => $"{body},\"crc\":\"{Crc32C.Of(Encoding.ASCII.GetBytes(body)):x8}\"}}\n"))));

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
                process.Kill();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;  // no such program: the caller reports that it could not mount
        }
    }
}
