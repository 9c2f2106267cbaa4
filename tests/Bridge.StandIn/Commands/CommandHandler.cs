namespace Bridge.StandIn.Commands;

/// <summary>Carries out one command; what goes wrong is a <see cref="Language.ScriptFault"/>.</summary>
internal delegate void CommandHandler(CommandCall call);
