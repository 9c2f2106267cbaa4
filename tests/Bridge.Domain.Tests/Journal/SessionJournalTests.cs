using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Testing;
using Newtonsoft.Json.Linq;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Journal;

[TestClass]
public sealed class SessionJournalTests
{
    [TestMethod]
    public void Crc32C_CheckString_HasThePublishedValue() => Assert.AreEqual(0xE3069283u, Crc32C.Of("123456789"u8));

    [TestMethod]
    public void Append_OneEvent_WritesTheDocumentedLine()
    {
        using var folder = new TempFolder();
        using (SessionJournal journal = SessionJournal.Create(folder.File("s.jsonl"), new FixedClock()))
            journal.Append("report", new JObject { ["item"] = 37, ["why"] = "5 µm off", ["inner"] = new JArray(1.5, JValue.CreateNull(), true) });

        string line = File.ReadAllText(folder.File("s.jsonl"));

        const string Body = """{"seq":1,"utc":"2026-01-31T12:00:00.123456Z","event":"report","item":37,"why":"5 \u00b5m off","inner":[1.5,null,true]""";
        Assert.AreEqual($"{Body},\"crc\":\"{Crc32C.Of(Encoding.ASCII.GetBytes(Body)):x8}\"}}\n", line);
    }

    [TestMethod]
    public void Open_AfterSeveralEvents_ReplaysThemAndGoesOn()
    {
        using var folder = new TempFolder();
        string path = Make(folder, 3);

        var seen = new List<JournalEntry>();
        using (SessionJournal journal = SessionJournal.Open(path, seen.Add))
        {
            Assert.AreEqual(3, journal.LastSeq);
            Assert.IsNull(journal.TornPath);
            Assert.AreEqual(4, journal.Append("more", []));
        }

        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, seen.Select(entry => entry.Seq).ToArray());
        Assert.IsTrue(JToken.DeepEquals(new JObject { ["item"] = 2, ["text"] = "a\n\"b\" µ😀" }, seen[1].Payload));
        Assert.AreEqual("visit", seen[1].Event);
        Assert.AreEqual(new FixedClock().GetUtcNow(), seen[1].Utc);
        Assert.HasCount(4, JournalReader.Read(path));
    }

    [TestMethod]
    public void Read_WhileTheSessionWrites_GivesWhatIsThere()
    {
        using var folder = new TempFolder();
        using SessionJournal journal = SessionJournal.Create(folder.File("s.jsonl"));
        journal.Append("a", []);

        Assert.HasCount(1, JournalReader.Read(journal.Path));
        journal.Append("b", []);
        Assert.HasCount(2, JournalReader.Read(journal.Path));
    }

    [TestMethod]
    public void Open_OpenAlready_IsRefusedAndHarmsNothing()
    {
        using var folder = new TempFolder();
        using SessionJournal journal = SessionJournal.Create(folder.File("s.jsonl"));
        journal.Append("a", []);

        Of(FaultCode.JournalUnwritable, () => SessionJournal.Open(journal.Path), "s.jsonl", "another program has it open");

        Assert.AreEqual(2, journal.Append("b", []));
    }

    [TestMethod]
    public void Create_FileExists_IsRefusedAndTheFileKept()
    {
        using var folder = new TempFolder();
        string path = Make(folder, 1);

        Of(FaultCode.JournalUnwritable, () => SessionJournal.Create(path), "s.jsonl");

        Assert.HasCount(1, JournalReader.Read(path));
    }

    [TestMethod]
    public void Create_NoSuchFolder_IsRefused()
    {
        using var folder = new TempFolder();

        Of(FaultCode.JournalUnwritable, () => SessionJournal.Create(folder.File("no/s.jsonl")));
        Of(FaultCode.UnreadableFile, () => SessionJournal.Open(folder.File("no/s.jsonl")));
        Of(FaultCode.UnreadableFile, () => JournalReader.Read(folder.File("no/s.jsonl")).Count());
    }

    [TestMethod]
    [DataRow("seq")]
    [DataRow("crc")]
    public void Append_PayloadWithAFieldOfTheJournal_IsABug(string name)
    {
        using var folder = new TempFolder();
        using SessionJournal journal = SessionJournal.Create(folder.File("s.jsonl"));

        Assert.ThrowsExactly<ArgumentException>(() => journal.Append("a", new JObject { [name] = 1 }));

        Assert.AreEqual(1, journal.Append("a", []));
    }

    [TestMethod]
    public void Append_DeepestMessage_ReadsBackAndADeeperOneIsRefused()
    {
        using var folder = new TempFolder();
        using SessionJournal journal = SessionJournal.Create(folder.File("s.jsonl"));

        journal.Append("a", Nested(JournalLine.MaxDepth));

        Assert.IsTrue(JToken.DeepEquals(Nested(JournalLine.MaxDepth), JournalReader.Read(journal.Path).Single().Payload));
        Assert.ThrowsExactly<ArgumentException>(() => journal.Append("b", Nested(JournalLine.MaxDepth + 1)));
    }

    [TestMethod]
    public void Append_EveryEvent_IsOneWriteAndOneFlush()
    {
        var file = new FaultyJournalFile();
        using var journal = new SessionJournal("s.jsonl", file, 0, 0, TimeProvider.System);

        journal.Append("a", []);
        journal.Append("b", new JObject { ["text"] = new string('x', 100_000) });

        Assert.AreEqual((2, 2), (file.Writes, file.Flushes));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(40)]
    public void Append_DiskFull_LeavesNothingBehindAndWorksWhenThereIsRoom(int kept)
    {
        var file = new FaultyJournalFile();
        using var journal = new SessionJournal("s.jsonl", file, 0, 0, TimeProvider.System);
        journal.Append("a", []);
        byte[] before = file.Content;

        file.FailWriteAfter = kept;
        Of(FaultCode.JournalUnwritable, () => journal.Append("b", []), "s.jsonl", "No space left");
        CollectionAssert.AreEqual(before, file.Content);

        file.FailWriteAfter = -1;
        Assert.AreEqual(2, journal.Append("c", []));
        AssertEvents(file, "a", "c");
    }

    [TestMethod]
    public void Append_FlushFails_TakesTheLineBack()
    {
        var file = new FaultyJournalFile { FailFlush = true };
        using var journal = new SessionJournal("s.jsonl", file, 0, 0, TimeProvider.System);

        Of(FaultCode.JournalUnwritable, () => journal.Append("a", []));
        Assert.IsEmpty(file.Content);

        file.FailFlush = false;
        Assert.AreEqual(1, journal.Append("b", []));
        AssertEvents(file, "b");
    }

    [TestMethod]
    public void Append_LineCannotBeTakenBack_RefusesUntilItCan()
    {
        var file = new FaultyJournalFile { FailWriteAfter = 5, FailTruncate = true };
        using var journal = new SessionJournal("s.jsonl", file, 0, 0, TimeProvider.System);
        Of(FaultCode.JournalUnwritable, () => journal.Append("a", []), "No space left");
        file.FailWriteAfter = -1;

        Of(FaultCode.JournalUnwritable, () => journal.Append("b", []), "half a line");
        Assert.HasCount(5, file.Content);
        file.FailTruncate = false;

        Assert.AreEqual(1, journal.Append("c", []));
        AssertEvents(file, "c");
    }

    private static JObject Nested(int levels)
    {
        var json = new JObject();
        for (int i = 1; i < levels; i++)
            json = new JObject { ["x"] = json };
        return json;
    }

    private static void AssertEvents(FaultyJournalFile file, params string[] names)
    {
        using var folder = new TempFolder();
        string path = folder.Write("copy.jsonl", file.Content);
        CollectionAssert.AreEqual(names, JournalReader.Read(path).Select(entry => entry.Event).ToArray());
    }

    internal static string Make(TempFolder folder, int events)
    {
        using SessionJournal journal = SessionJournal.Create(folder.File("s.jsonl"), new FixedClock());
        for (int i = 1; i <= events; i++)
            journal.Append("visit", new JObject { ["item"] = i, ["text"] = "a\n\"b\" µ😀" });
        return journal.Path;
    }
}
