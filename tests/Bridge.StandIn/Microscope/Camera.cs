using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>The camera and the image buffers A to P: a new image goes to A, and those before it roll to B and C.</summary>
internal sealed class Camera(Stage stage, Optics optics, SimulatedBeam beam, Specimen? specimen)
{
    private const int Rolling = 4;
    private readonly Shot?[] _buffers = new Shot?[20];

    /// <summary>Images taken so far.</summary>
    public int Shots { get; private set; }

    /// <summary>Images of holes taken with Record.</summary>
    public List<int> Recorded { get; } = [];

    /// <summary>Takes an image. Its time is in the minutes of the move.</summary>
    public void Shoot(string area)
    {
        stage.WaitUntilReady();
        // Image shift looks beside where the stage is, as if the stage had moved by it.
        (double x, double y) = optics.Pair("ImageShift");
        int hole = specimen?.HoleAt(stage.TruePosition with { X = stage.TruePosition.X + x, Y = stage.TruePosition.Y + y }) ?? -1;
        for (int i = Rolling - 1; i > 0; i--)
            _buffers[i] = _buffers[i - 1];
        _buffers[0] = new Shot(area, stage.TruePosition, hole, optics["TargetDefocus"] + optics["FocusError"], optics.BeamIsBlanked ? null : beam.Measure(optics));
        optics.Area = area == "L" ? "R" : area;
        Shots++;
        if (area == "R" && hole >= 0)
            Recorded.Add(hole);
    }

    /// <param name="name">A letter, or a number from 1; empty for A.</param>
    /// <exception cref="ScriptFault">No such buffer, or no image in it.</exception>
    public Shot Image(string name)
        => _buffers[IndexOf(name)] ?? throw new ScriptFault($"there is no image in buffer {(name.Length > 0 ? name : "A")}; take one first");

    public void Copy(string from, string to) => Put(Image(from), to);

    /// <param name="name">As of <see cref="Image"/>.</param>
    public void Put(Shot image, string name) => _buffers[IndexOf(name)] = image;

    private static int IndexOf(string name)
    {
        int index = name.Length == 0 ? 0 : name.Length == 1 && char.IsAsciiLetter(name[0]) ? char.ToUpperInvariant(name[0]) - 'A' : Numbers.LeadingInteger(name) - 1;
        return index is >= 0 and < 20 ? index : throw new ScriptFault($"'{name}' is not an image buffer");
    }
}
