using System.Text;
using Bridge.Agents.Weights;

namespace Bridge.Agents.Tests.Weights;

[TestClass]
public sealed class SafetensorsHeaderTests
{
    private const string Good = """{"__metadata__":{"seed":"7"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"I64","shape":[],"data_offsets":[24,32]}}   """;

    [TestMethod]
    public void Parse_Good_GivesTensorsAndMetadata()
    {
        SafetensorsHeader header = SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(Good), 32);

        Assert.AreEqual("F32 [2, 3]", header.Entries["a"].Kind);
        Assert.AreEqual("I64 []", header.Entries["b"].Kind);
        Assert.AreEqual(24, header.Entries["b"].Begin);
        Assert.AreEqual("7", header.Metadata["seed"]);
    }

    [TestMethod]
    public void Parse_WhatWasWritten_GivesItBack()
    {
        List<SafetensorsEntry> placed = SafetensorsHeaderWriter.Place([("net.0.weight", SafetensorsType.F32, [2, 3]), ("Größe \"µ\"", SafetensorsType.Bool, [5]),
            ("n", SafetensorsType.I64, []), ("empty", SafetensorsType.F32, [0, 4])]);

        byte[] bytes = SafetensorsHeaderWriter.Write(placed, new Dictionary<string, string> { ["commit"] = "0123", ["note"] = "}\n" });
        SafetensorsHeader read = SafetensorsHeader.Parse(bytes.AsSpan(sizeof(ulong)), 8 + 24 + 5);

        Assert.AreEqual(0, bytes.Length % 8);
        Assert.HasCount(4, read.Entries);
        foreach (SafetensorsEntry entry in placed)
        {
            Assert.AreEqual((entry.Kind, entry.Begin, entry.End), (read.Entries[entry.Name].Kind, read.Entries[entry.Name].Begin, read.Entries[entry.Name].End));
            Assert.AreEqual(0, entry.Begin % entry.Type.Size(), $"{entry.Name} is aligned");
        }
        Assert.AreEqual("}\n", read.Metadata["note"]);
    }

    [TestMethod]
    public void Parse_CutAnywhere_IsRefused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Good.TrimEnd());

        for (int length = 0; length < bytes.Length; length++)
            Assert.ThrowsExactly<InvalidDataException>(() => SafetensorsHeader.Parse(bytes.AsSpan(0, length), 32), $"cut to {length} bytes");
    }

    [TestMethod]
    public void Parse_AnyByteChanged_IsRefusedOrStillConsistent()
    {
        byte[] good = Encoding.UTF8.GetBytes(Good);
        for (int i = 0; i < good.Length; i++)
        {
            foreach (byte value in "\0\"{}[]:,0179 xF\u00ff"u8)
            {
                byte[] bytes = [.. good];
                bytes[i] = value;
                try
                {
                    SafetensorsHeader header = SafetensorsHeader.Parse(bytes, 32);
                    Assert.AreEqual(32, header.Entries.Values.Sum(entry => entry.Bytes), "what is accepted covers the data");
                }
                catch (InvalidDataException)
                {
                    // refused, as most are
                }
            }
        }
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "'a' has dtype F16", DisplayName = "another type")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'a' is F32 [2], which does not fit", DisplayName = "shape and place differ")]
    [DataRow("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "does not fit", DisplayName = "a product that overflows")]
    [DataRow("""{"a":{"dtype":"F32","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}""", 0, "does not fit", DisplayName = "an empty tensor whose other sizes overflow")]
    [DataRow("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "'a': its shape", DisplayName = "a size below zero")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}}""", 6, "'a': its shape", DisplayName = "half a row")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "at most 8", DisplayName = "too many dimensions")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "does not fit", DisplayName = "end before begin")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a' stands in its header twice", DisplayName = "a name twice")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "'b' (F32 [1]) begins at byte 2", DisplayName = "overlap")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "'b' (F32 [1]) begins at byte 8", DisplayName = "a gap")]
    [DataRow("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 12, "'a' (F32 [4]) ends at byte 16", DisplayName = "data cut short")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "1 bytes follow", DisplayName = "a rest")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "'a' lacks", DisplayName = "no place")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", 4, "'shape' is unknown or stands there twice", DisplayName = "a field twice")]
    [DataRow("""{"__metadata__":{"a":1}}""", 0, "no safetensors header", DisplayName = "metadata that is no text")]
    [DataRow("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice", DisplayName = "metadata twice")]
    [DataRow("""{"\ud800":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "no safetensors header", DisplayName = "a name that is no text")]
    [DataRow("""{"a":{"dtype":"F32","shape":[[[1]]],"data_offsets":[0,4]}}""", 4, "", DisplayName = "nested too deeply")]
    [DataRow("""[]""", 0, "no safetensors header", DisplayName = "a list")]
    [DataRow("""{} {}""", 0, "no safetensors header", DisplayName = "two headers")]
    public void Parse_Wrong_IsRefusedByName(string json, int dataBytes, string because)
    {
        InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(() => SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(json), dataBytes));

        Assert.Contains(because, e.Message);
    }
}
