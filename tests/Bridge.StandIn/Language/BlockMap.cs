namespace Bridge.StandIn.Language;

/// <summary>
/// Where each line of a script leads, found once: the branch that follows a false condition, the end of a block, the label of a SkipTo.
/// What does not nest is a problem, with SerialEM's reasons.
/// </summary>
internal sealed class BlockMap
{
    /// <summary>Most blocks inside each other.</summary>
    public const int MostNested = 40;

    private readonly Script _script;
    private readonly Stack<Open> _open = new();
    private readonly Dictionary<string, (int Line, List<int> Path)> _labels = [];
    private readonly List<(int Line, string Label, List<int> Path)> _skips = [];
    private readonly List<(int Line, string Message)> _problems = [];
    private int _sections, _inFunction = -1;

    private BlockMap(Script script)
    {
        _script = script;
        int lines = script.Lines.Count;
        (Next, End, Depth) = (new int[lines], new int[lines], new int[lines]);
        Array.Fill(Next, -1);
        Array.Fill(End, -1);
    }

    /// <summary>If, ElseIf, Else: the next branch or the end. Try: its Catch. SkipTo: its label. Otherwise -1.</summary>
    public int[] Next { get; }

    /// <summary>The last line of the block; for Break and Continue that of the innermost loop. Otherwise -1.</summary>
    public int[] End { get; }

    /// <summary>How many blocks are open when the line begins, those of its function only.</summary>
    public int[] Depth { get; }

    /// <summary>Position in the script's lines, and what is wrong there.</summary>
    public IReadOnlyList<(int Line, string Message)> Problems => _problems;

    public static BlockMap Of(Script script)
    {
        var map = new BlockMap(script);
        for (int i = 0; i < script.Lines.Count; i++)
            map.Read(i, script.Lines[i]);
        map.CloseAll(script.Lines.Count - 1, "the script ends");
        if (map._inFunction >= 0)
            map.Problem(map._inFunction, "the function has no EndFunction");
        map.JoinSkips();
        return map;
    }

    private void Read(int i, ScriptLine line)
    {
        Depth[i] = _open.Count;
        if (line.IsAssignment)
            return;
        if (line.IsLabel)
        {
            ReadLabel(i, line);
            return;
        }
        switch (line.Command)
        {
            case "LOOP" or "DOLOOP": Begin(i, BlockKind.Loop); break;
            case "IF": Begin(i, BlockKind.If); break;
            case "TRY": Begin(i, BlockKind.Try); break;
            case "ELSE" or "ELSEIF": ReadElse(i, line); break;
            case "CATCH": ReadCatch(i); break;
            case "ENDLOOP": Finish(i, BlockKind.Loop, "EndLoop", "Loop or DoLoop"); break;
            case "ENDIF": Finish(i, BlockKind.If, "EndIf", "If"); break;
            case "ENDTRY": Finish(i, BlockKind.Try, "EndTry", "Try"); break;
            case "BREAK" or "CONTINUE" or "KEYBREAK": ReadBreak(i, line); break;
            case "THROW": ReadThrow(i); break;
            case "SKIPTO" when line.Items.Count > 1: _skips.Add((i, line.Items[1].ToUpperInvariant(), Path())); break;
            case "FUNCTION": ReadFunction(i); break;
            case "ENDFUNCTION": ReadEndFunction(i); break;
        }
    }

    private void Begin(int i, BlockKind kind)
    {
        if (_open.Count >= MostNested)
            Problem(i, $"more than {MostNested} If, Loop and Try blocks inside each other");
        _open.Push(new Open(kind, i) { Section = ++_sections });
    }

    private void ReadElse(int i, ScriptLine line)
    {
        if (!_open.TryPeek(out Open? block) || block.Kind != BlockKind.If)
        {
            Problem(i, "Else or ElseIf is not in an If block");
            return;
        }
        if (block.HasElse)
            Problem(i, "Else or ElseIf follows an Else in the same If block");
        if (line.Command == "ELSE")
        {
            block.HasElse = true;
            if (line.Item(1).Equals("IF", StringComparison.OrdinalIgnoreCase))
                Problem(i, "Else If must be ElseIf, without a blank");
            else if (line.Items.Count > 1)
                Problem(i, "there is something after the Else");
        }
        Next[block.Branches[^1]] = i;
        block.Branches.Add(i);
        block.Section = ++_sections;
    }

    private void ReadCatch(int i)
    {
        if (!_open.TryPeek(out Open? block) || block.Kind != BlockKind.Try)
        {
            Problem(i, _open.Count == 0 ? "Catch is not in a Try block" : "Catch is inside a Loop, DoLoop or If block");
            return;
        }
        if (block.Branches.Count > 1)
            Problem(i, "this is a second Catch in the same Try block");
        Next[block.Start] = i;
        block.Branches.Add(i);
        block.Section = ++_sections;
    }

    private void Finish(int i, BlockKind kind, string word, string opener)
    {
        if (!_open.TryPeek(out Open? block))
        {
            Problem(i, $"{word} without {opener}");
            return;
        }
        if (block.Kind != kind)
        {
            Problem(i, $"{word} is inside a block that is not closed: the {block.Kind} of line {_script.Lines[block.Start].Number}");
            return;
        }
        if (kind == BlockKind.Try && block.Branches.Count < 2)
            Problem(i, "the Try block has no Catch");
        if (kind == BlockKind.If)
            Next[block.Branches[^1]] = i;
        foreach (int branch in block.Branches)
            End[branch] = i;
        foreach (int exit in block.Exits)
            End[exit] = i;
        End[i] = block.Start;
        _open.Pop();
    }

    private void ReadBreak(int i, ScriptLine line)
    {
        foreach (Open block in _open)
        {
            if (block.Kind == BlockKind.Loop)
            {
                block.Exits.Add(i);
                return;
            }
        }
        Problem(i, $"{line.Items[0]} is not in a Loop or DoLoop block");
    }

    private void ReadThrow(int i)
    {
        // A function may be called from inside a Try block elsewhere.
        if (_inFunction < 0 && !_open.Any(block => block.Kind == BlockKind.Try && block.Branches.Count == 1))
            Problem(i, "Throw is not in a Try block");
    }

    private void ReadFunction(int i)
    {
        if (_inFunction >= 0)
            Problem(i, "a function begins before the one above has ended");
        CloseAll(i, "a function begins");
        Depth[i] = 0;
        _inFunction = i;
    }

    private void ReadEndFunction(int i)
    {
        if (_inFunction < 0)
            Problem(i, "EndFunction without Function");
        CloseAll(i, "the function ends");
        Depth[i] = 0;
        _inFunction = -1;
    }

    private void CloseAll(int i, string why)
    {
        while (_open.TryPop(out Open? block))
            Problem(block.Start, $"the {block.Kind} block is not closed before {why} (line {_script.Lines[i].Number})");
    }

    private void ReadLabel(int i, ScriptLine line)
    {
        string name = line.Command[..^1];
        if (name.StartsWith('$'))
            Problem(i, "a label cannot be a variable");
        else if (line.Items.Count > 1)
            Problem(i, "something follows the label");
        else if (name.Length == 0)
            Problem(i, "the label is empty");
        else if (!_labels.TryAdd(name, (i, Path())))
            Problem(i, "the label is there twice");
    }

    private void JoinSkips()
    {
        foreach ((int line, string label, List<int> path) in _skips)
        {
            if (!_labels.TryGetValue(label, out (int Line, List<int> Path) target))
                Problem(line, $"there is no label '{label}:' to skip to");
            else if (target.Line < line)
                Problem(line, $"SkipTo cannot go backwards, and the label '{label}:' is above it");
            else if (target.Path.Count > path.Count || !target.Path.SequenceEqual(path.Take(target.Path.Count)))
                Problem(line, $"SkipTo cannot go into another block or section of a block, where the label '{label}:' is");
            else
                Next[line] = target.Line;
        }
    }

    /// <summary>The sections that are open, outermost first, after the function.</summary>
    private List<int> Path() => [_inFunction, .. _open.Reverse().Select(block => block.Section)];

    private void Problem(int line, string message) => _problems.Add((line, message));

    private sealed class Open(BlockKind kind, int start)
    {
        public BlockKind Kind { get; } = kind;
        public int Start { get; } = start;
        public int Section { get; set; }
        public bool HasElse { get; set; }
        public List<int> Branches { get; } = [start];
        public List<int> Exits { get; } = [];
    }
}
