namespace Bridge.StandIn.Commands;

/// <summary>Every command that is carried out here.</summary>
internal static class SimulatedCommands
{
    public static IReadOnlyList<CommandInfo> All { get; } = Collect();

    private static IReadOnlyList<CommandInfo> Collect()
    {
        var set = new CommandSet();
        FlowCommands.AddTo(set);
        VariableCommands.AddTo(set);
        ArrayCommands.AddTo(set);
        LogCommands.AddTo(set);
        QuestionCommands.AddTo(set);
        TextFileCommands.AddTo(set);
        ClockCommands.AddTo(set);
        StageCommands.AddTo(set);
        OpticsCommands.AddTo(set);
        CameraCommands.AddTo(set);
        MultiShotCommands.AddTo(set);
        BeamCommands.AddTo(set);
        CtfCommands.AddTo(set);
        NavigatorCommands.AddTo(set);
        NavigatorItemCommands.AddTo(set);
        AcquireCommands.AddTo(set);
        PluginCommands.AddTo(set);
        SettingCommands.AddTo(set);
        return set.Commands;
    }
}
